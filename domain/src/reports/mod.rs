//! How the shop is doing: periods, figures with what they were before, and what is to be done.

pub mod chart;
mod figures;
mod period;
mod view;

pub use figures::{Change, Totals, days_left};
pub use period::{Period, Steps};
pub use view::{
    AdminHome, Figures, FirstSteps, LowRow, SalesPoint, SalesSeries, Todo, TodoKind, TopProduct,
};

/// The words to greet somebody with at this hour of the day.
pub const fn greeting(hour: i8) -> &'static str {
    match hour {
        4..=11 => "Good morning",
        12..=17 => "Good afternoon",
        _ => "Good evening",
    }
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn the_night_belongs_to_the_evening() {
        let said = [0, 3, 4, 11, 12, 17, 18, 23].map(greeting);
        assert_eq!(
            said,
            [
                "Good evening",
                "Good evening",
                "Good morning",
                "Good morning",
                "Good afternoon",
                "Good afternoon",
                "Good evening",
                "Good evening"
            ]
        );
    }
}
