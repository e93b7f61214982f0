//! What the admin's script finds in the pages, and what of it is hidden as long as there is no script.

use super::{ID, edit, editor, list, manager, row, visitor};
use crate::{
    admin::screens::products::{BulkShown, PicturesShown, product_editor, products},
    screens::reading::Read,
};
use domain::catalog::{ProductStatus, edit::ProductFilter};

#[test]
fn the_list_has_what_a_script_makes_a_bar_of() {
    let rows = vec![row(7, ProductStatus::Active)];
    let filter = ProductFilter::default();
    let page = products(&manager(), &filter, &list(rows), &BulkShown::default());
    let page = Read::admin(&page);
    assert_eq!(page.count("form[data-bulk] [data-told][role='status']"), 1);
    for part in ["[data-all]", "[data-count]", "[data-every]", "[data-none]"] {
        let hidden = format!("form[data-bulk] {part}[hidden]");
        assert_eq!(page.count(&hidden), 1, "{part}");
    }
    assert_eq!(page.count("[data-bar] progress[hidden]"), 1);
    // The box of the head is no field: it would be sent with the others.
    assert_eq!(page.count("[data-all] input[name]"), 0);
}

#[test]
fn the_editor_is_guarded_and_its_pictures_can_be_moved() {
    let page = editor(&edit());
    for form in ["#product", "#pictures-form"] {
        assert_eq!(page.count(&format!("{form}[data-guard]")), 1, "{form}");
    }
    assert_eq!(page.count("[data-words='product'][role='status']"), 1);
    let shot = "[data-pictures] [data-shots] > li";
    assert_eq!(page.count(shot), 1);
    assert_eq!(page.count(&format!("{shot} [data-grip][hidden]")), 1);
    let place = page.attribute(&format!("{shot} input[name='{ID}-place']"), "value");
    assert_eq!(place, "1");
    assert_eq!(page.count("[data-upload] [data-files]"), 1);
    assert!(page.count("[data-upload] [data-live]:not([hidden])") == 0);
}

#[test]
fn who_may_look_only_is_guarded_from_nothing() {
    let page = product_editor(&visitor(), &edit(), &PicturesShown::default());
    let page = Read::admin(&page);
    assert_eq!(page.count("#product[data-guard]"), 0);
    assert_eq!(page.count("[data-grip], [data-upload]"), 0);
}
