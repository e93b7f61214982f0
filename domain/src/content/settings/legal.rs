//! The texts that the law asks for: which pages of text the bottom of every page leads to.

use super::{SettingErrors, line};
use crate::content::{Link, PageRow};

/// The most links at the bottom.
pub const LEGAL_LINKS: usize = 6;

/// A link as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LegalLink {
    /// The page's name in addresses; nothing for no link.
    pub page: String,
    /// Its words; nothing for the title of the page.
    pub label: String,
}

/// The links as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LegalForm {
    /// In their order.
    pub links: Vec<LegalLink>,
    /// The version that was being changed.
    pub version: i32,
}

impl LegalForm {
    /// A form with a place for each link.
    pub fn of(links: &[Link], version: i32) -> Self {
        let mut links: Vec<_> = links
            .iter()
            .filter_map(|link| {
                Some(LegalLink {
                    page: link.href.strip_prefix("/pages/")?.to_owned(),
                    label: link.label.clone(),
                })
            })
            .collect();
        links.resize(links.len().max(LEGAL_LINKS), LegalLink::default());
        Self { links, version }
    }

    /// The links. Faults are told at `page-1`, `page-2`, ….
    pub fn check(&self, pages: &[PageRow]) -> Result<Vec<Link>, SettingErrors> {
        let mut errors = SettingErrors::default();
        let mut links: Vec<Link> = Vec::new();
        for (place, typed) in (1..).zip(&self.links) {
            let (page, label) = (typed.page.trim(), line(&typed.label));
            if page.is_empty() {
                if !label.is_empty() {
                    errors.add(format!("page-{place}"), "Please choose the page for it.");
                }
                continue;
            }
            let Some(known) = pages.iter().find(|known| known.handle == page) else {
                errors.add(format!("page-{place}"), "This page is not there any more.");
                continue;
            };
            let href = format!("/pages/{page}");
            if links.iter().any(|link| link.href == href) {
                errors.add(format!("page-{place}"), "This page stands above already.");
                continue;
            }
            links.push(Link {
                label: if label.is_empty() {
                    known.title.clone()
                } else {
                    label
                },
                href,
            });
        }
        if errors.is_empty() {
            Ok(links)
        } else {
            Err(errors)
        }
    }
}

/// The page of the legal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LegalPage {
    /// What stands in the form.
    pub form: LegalForm,
    /// The pages that can be led to.
    pub pages: Vec<PageRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<PageRow> {
        ["privacy", "terms"]
            .map(|handle| PageRow {
                handle: handle.into(),
                title: format!("Our {handle}"),
                saved: String::new(),
            })
            .into()
    }

    fn form(links: &[(&str, &str)]) -> LegalForm {
        LegalForm {
            links: links
                .iter()
                .map(|(page, label)| LegalLink {
                    page: (*page).into(),
                    label: (*label).into(),
                })
                .collect(),
            version: 1,
        }
    }

    #[test]
    fn a_link_is_called_what_was_typed_or_what_the_page_is_called() {
        let links = form(&[("terms", ""), ("", ""), ("privacy", "Privacy")]).check(&pages());
        let links = links.unwrap();
        let words: Vec<_> = links
            .iter()
            .map(|link| (link.label.as_str(), link.href.as_str()))
            .collect();
        assert_eq!(
            words,
            [("Our terms", "/pages/terms"), ("Privacy", "/pages/privacy")]
        );
        let again = LegalForm::of(&links, 2);
        assert_eq!(again.links.len(), LEGAL_LINKS);
        assert_eq!(again.check(&pages()).unwrap(), links);
    }

    #[test]
    fn what_leads_nowhere_is_told_at_its_place() {
        let errors = form(&[("gone", ""), ("terms", ""), ("terms", ""), ("", "Imprint")]);
        let errors = errors.check(&pages()).unwrap_err();
        let fields: Vec<_> = errors
            .fields
            .iter()
            .map(|(field, _)| field.as_str())
            .collect();
        assert_eq!(fields, ["page-1", "page-3", "page-4"]);
    }
}
