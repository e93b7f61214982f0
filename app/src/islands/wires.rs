//! What one island asks of another. Islands are roots of their own with no context in common, so they meet here.
//!
//! Only event handlers and effects come here, and those run in the browser alone: nothing is shared between two shoppers.

use crate::api::Parts;
use std::{cell::RefCell, rc::Rc, thread::LocalKey};

/// What is done with what comes.
type Listener<T> = Rc<dyn Fn(T)>;

/// The place where one island listens, where it is on the page.
pub(super) struct Wire<T: 'static>(RefCell<Option<Listener<T>>>);

impl<T> Wire<T> {
    const fn new() -> Self {
        Self(RefCell::new(None))
    }
}

thread_local! {
    /// The drawer opens with a basket that something came into.
    pub(super) static DRAWER: Wire<Parts> = const { Wire::new() };
    /// The gallery shows the picture with this index.
    pub(super) static GALLERY: Wire<usize> = const { Wire::new() };
}

/// Answers what comes over a wire from now on.
pub(super) fn listen<T>(wire: &'static LocalKey<Wire<T>>, answer: impl Fn(T) + 'static) {
    wire.with(|wire| *wire.0.borrow_mut() = Some(Rc::new(answer)));
}

/// Sends something over a wire; `false` where nobody listens.
pub(super) fn send<T>(wire: &'static LocalKey<Wire<T>>, message: T) -> bool {
    // The listener may send over the same wire, so the borrow ends before it is called.
    let listener = wire.with(|wire| wire.0.borrow().clone());
    listener.is_some_and(|listener| {
        listener(message);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_sent_arrives_where_somebody_listens() {
        assert!(!send(&GALLERY, 1));
        let shown = Rc::new(Cell::new(0));
        let seen = shown.clone();
        listen(&GALLERY, move |index| seen.set(index));
        assert!(send(&GALLERY, 2));
        assert_eq!(shown.get(), 2);
    }
}
