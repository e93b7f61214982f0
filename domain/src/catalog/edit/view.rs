//! What the editor shows.

use super::{Difference, FormErrors, ProductForm};
use crate::{
    Currency, MediaId, ProductId, VariantId,
    catalog::{Picture, ProductStatus},
};
use serde::{Deserialize, Serialize};

/// The editor of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductEdit {
    /// Which; `None` for one that is new.
    pub id: Option<ProductId>,
    /// What it is called now; empty for one that is new.
    pub title: String,
    /// Its name in addresses now.
    pub handle: String,
    /// Whether it can be seen now.
    pub status: ProductStatus,
    /// When that is, was, or will be, in words.
    pub published: Option<String>,
    /// The fields, as they are or as they were typed.
    pub form: ProductForm,
    /// What is wrong with what was typed.
    pub errors: FormErrors,
    /// Where somebody else saved meanwhile: the two sides.
    pub stale: Option<Vec<Difference>>,
    /// Its pictures, in order.
    pub pictures: Vec<EditPicture>,
    /// What there is of its variants.
    pub stock: Vec<VariantStock>,
    /// Makers: id and name.
    pub brands: Vec<(String, String)>,
    /// Categories: id, and the names on the way to it.
    pub categories: Vec<(String, String)>,
    /// What prices are in.
    pub currency: Currency,
}

impl ProductEdit {
    /// What can be bought of a variant; `None` for one that is new.
    pub fn available(&self, id: &str) -> Option<i32> {
        let id: VariantId = id.parse().ok()?;
        self.stock
            .iter()
            .find(|stock| stock.variant == id)
            .map(|stock| stock.available)
    }
}

/// A picture of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditPicture {
    /// Its place.
    pub id: MediaId,
    /// The picture with the words for it.
    pub picture: Picture,
}

/// What there is of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantStock {
    /// Which.
    pub variant: VariantId,
    /// How many can be bought.
    pub available: i32,
}

/// The form of the pictures that there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PicturesForm {
    /// One for each picture.
    pub pictures: Vec<PictureForm>,
}

/// A picture as it shall be.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PictureForm {
    /// Which.
    pub id: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Its place, counted from 1. Of two of one place the one that came first goes first.
    pub place: String,
    /// Whether it goes.
    pub remove: bool,
}

impl PicturesForm {
    /// Reads the fields `<id>-alt`, `<id>-place` and `<id>-remove`, and the buttons `up` and `remove`, whose value is an id.
    pub fn read(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        let mut button = None;
        for (name, value) in fields {
            if name == "up" || name == "remove" {
                button = Some((name, value));
            } else if let Some((id, part)) = name.rsplit_once('-') {
                let picture = form.row(id);
                match part {
                    "alt" => picture.alt = value,
                    "place" => picture.place = value,
                    "remove" => picture.remove = true,
                    _ => {}
                }
            }
        }
        if let Some((action, id)) = button {
            form.press(&action, &id);
        }
        form
    }

    /// The pictures that stay, in their new order.
    pub fn kept(&self) -> Vec<&PictureForm> {
        let mut kept: Vec<&PictureForm> = self.pictures.iter().filter(|row| !row.remove).collect();
        kept.sort_by_key(|row| row.place.trim().parse::<u16>().unwrap_or(u16::MAX));
        kept
    }

    fn row(&mut self, id: &str) -> &mut PictureForm {
        let at = self.pictures.iter().position(|row| row.id == id);
        let at = at.unwrap_or_else(|| {
            self.pictures.push(PictureForm {
                id: id.to_owned(),
                ..PictureForm::default()
            });
            self.pictures.len() - 1
        });
        &mut self.pictures[at]
    }

    fn press(&mut self, action: &str, id: &str) {
        let order: Vec<String> = self.kept().iter().map(|row| row.id.clone()).collect();
        if action == "remove" {
            self.row(id).remove = true;
            return;
        }
        let Some(at) = order
            .iter()
            .position(|other| other == id)
            .filter(|at| *at > 0)
        else {
            return;
        };
        for (place, other) in order.iter().enumerate() {
            let place = match place {
                place if place == at => at - 1,
                place if place + 1 == at => at,
                place => place,
            };
            self.row(other).place = place.to_string();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(fields: &[(&str, &str)]) -> String {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        let form = PicturesForm::read(fields);
        form.kept().iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn pictures_stand_where_they_are_put() {
        let three = [("a-place", "1"), ("b-place", "2"), ("c-place", "3")];
        assert_eq!(order(&three), "abc");
        assert_eq!(order(&[three.as_slice(), &[("up", "c")]].concat()), "acb");
        assert_eq!(order(&[three.as_slice(), &[("up", "a")]].concat()), "abc");
        assert_eq!(
            order(&[three.as_slice(), &[("remove", "b")]].concat()),
            "ac"
        );
        assert_eq!(
            order(&[
                ("a-place", "2"),
                ("b-place", "x"),
                ("c-place", "1"),
                ("a-remove", "on")
            ]),
            "cb"
        );
    }
}
