//! What things cost together.

use leptos::prelude::*;

/// Rows of a name and an amount, and the total under them.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    rows: Vec<(String, String)>,
    total: String,
    note: Option<String>,
}

impl Sums {
    /// Sums that come to `total`.
    pub(crate) fn of(total: impl Into<String>) -> Self {
        Self {
            total: total.into(),
            ..Self::default()
        }
    }

    /// With one more row.
    pub(crate) fn row(mut self, name: impl Into<String>, amount: impl Into<String>) -> Self {
        self.rows.push((name.into(), amount.into()));
        self
    }

    /// With one more row, where there is something to say.
    pub(crate) fn row_if(self, row: Option<(String, String)>) -> Self {
        match row {
            Some((name, amount)) => self.row(name, amount),
            None => self,
        }
    }

    /// With something small under the total.
    pub(crate) fn note(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// As it stands on a page. `class` is added to the list's own.
    pub(crate) fn view(self, class: &str) -> AnyView {
        let rows: Vec<_> = self
            .rows
            .into_iter()
            .map(|(name, amount)| {
                view! {
                    <div>
                        <dt>{name}</dt>
                        <dd>{amount}</dd>
                    </div>
                }
            })
            .collect();
        let note = self.note.map(|note| {
            view! {
                <div>
                    <dt class="tiny">{note}</dt>
                </div>
            }
        });
        view! {
            <dl class=format!("sums {class}").trim_end().to_owned()>
                {rows} <div class="sums__total">
                    <dt>"Total"</dt>
                    <dd>{self.total}</dd>
                </div> {note}
            </dl>
        }
        .into_any()
    }
}
