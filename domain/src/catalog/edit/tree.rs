//! Makers and categories.

use super::FormErrors;
use crate::{BrandId, CategoryId, catalog::Handle};
use serde::{Deserialize, Serialize};

/// A maker on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandRow {
    /// Which.
    pub id: BrandId,
    /// What it is called.
    pub name: String,
    /// Its name in addresses.
    pub handle: String,
    /// Where they work.
    pub place: String,
    /// How many products there are of it, on sale or not.
    pub products: i64,
}

/// The form of a maker.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BrandForm {
    /// What it was like when it was opened; empty for a new one.
    pub version: String,
    /// What it is called.
    pub name: String,
    /// Its name in addresses; empty for what the name suggests.
    pub handle: String,
    /// Where they work.
    pub place: String,
    /// Who they are, as HTML.
    pub story_html: String,
}

/// A maker's form that was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `BrandForm`")]
pub struct CheckedBrand {
    pub version: Option<i32>,
    pub name: String,
    pub handle: Handle,
    pub place: String,
    pub story_html: String,
}

impl BrandForm {
    /// Checks every field.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self) -> Result<CheckedBrand, FormErrors> {
        let mut errors = FormErrors::default();
        let name = errors.wanted("name", &self.name, 100, "Please give the maker a name.");
        let handle = errors.handle("handle", &self.handle, &name);
        let place = errors.line("place", &self.place, 200);
        let story_html = errors.text("story_html", &self.story_html, 20_000);
        match handle {
            Some(handle) if errors.is_empty() => Ok(CheckedBrand {
                version: self.version.parse().ok(),
                name,
                handle,
                place,
                story_html,
            }),
            _ => Err(errors),
        }
    }
}

/// The page of one maker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandEdit {
    /// Which; `None` for one that is new.
    pub id: Option<BrandId>,
    /// What it is called now.
    pub name: String,
    /// The fields.
    pub form: BrandForm,
    /// What is wrong with them.
    pub errors: FormErrors,
    /// How many products there are of it: with none it can be deleted.
    pub products: i64,
}

/// A category on the list, in the order of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRow {
    /// Which.
    pub id: CategoryId,
    /// What it is called.
    pub name: String,
    /// Its address without what stands before it: `kitchen/mugs-cups`.
    pub path: String,
    /// How deep it lies, from 0.
    pub depth: usize,
    /// How many products are in it itself, on sale or not.
    pub products: i64,
    /// Whether it is the first of those beside it.
    pub is_first: bool,
}

/// The form of a category.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CategoryForm {
    /// What it was like when it was opened; empty for a new one.
    pub version: String,
    /// What it is called.
    pub name: String,
    /// Its part of the address; empty for what the name suggests.
    pub handle: String,
    /// The id of the category that it lies in; empty for the top.
    pub parent: String,
    /// The heading of its page.
    pub title: String,
    /// A sentence or two.
    pub description: String,
}

/// A category's form that was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `CategoryForm`")]
pub struct CheckedCategory {
    pub version: Option<i32>,
    pub name: String,
    pub handle: Handle,
    pub parent: Option<CategoryId>,
    pub title: String,
    pub description: String,
}

impl CategoryForm {
    /// Checks every field.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self) -> Result<CheckedCategory, FormErrors> {
        let mut errors = FormErrors::default();
        let name = errors.wanted("name", &self.name, 100, "Please give the category a name.");
        if name.contains('>') {
            // Tables of products name a category by the way to it: `Kitchen > Mugs & Cups`.
            errors.add("name", "Please leave the sign > out.");
        }
        let handle = errors.handle("handle", &self.handle, &name);
        let parent = match self.parent.trim() {
            "" => None,
            id => id.parse().ok().or_else(|| {
                errors.add("parent", "This category is not there any more.");
                None
            }),
        };
        let title = errors.line("title", &self.title, 200);
        let description = errors.text("description", &self.description, 2_000);
        match handle {
            Some(handle) if errors.is_empty() => Ok(CheckedCategory {
                version: self.version.parse().ok(),
                name,
                handle,
                parent,
                title,
                description,
            }),
            _ => Err(errors),
        }
    }
}

/// The page of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryEdit {
    /// Which; `None` for one that is new.
    pub id: Option<CategoryId>,
    /// What it is called now.
    pub name: String,
    /// Its address now.
    pub path: String,
    /// The fields.
    pub form: CategoryForm,
    /// What is wrong with them.
    pub errors: FormErrors,
    /// What it can lie in: id, and the names on the way to it. Neither itself nor what is below it.
    pub parents: Vec<(String, String)>,
    /// Whether nothing is in it or below it: then it can be deleted.
    pub is_empty: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_addresses() {
        let form = CategoryForm {
            name: " Mugs & Cups ".into(),
            ..CategoryForm::default()
        };
        let category = form.check().unwrap();
        assert_eq!(
            (category.name.as_str(), category.handle.as_str()),
            ("Mugs & Cups", "mugs-cups")
        );
        let wrong = CategoryForm {
            name: "A > B".into(),
            handle: "A B".into(),
            parent: "x".into(),
            ..CategoryForm::default()
        };
        let errors = wrong.check().unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "handle", "parent"]);
        assert!(
            BrandForm::default()
                .check()
                .unwrap_err()
                .of("name")
                .is_some()
        );
    }
}
