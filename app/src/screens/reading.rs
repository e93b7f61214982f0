//! Pages as a browser reads them, for tests.

use scraper::{ElementRef, Html, Selector};
use std::collections::HashSet;

/// A page that was read.
pub(crate) struct Read(Html);

impl Read {
    /// Reads a page, and holds it to what every page has to keep to.
    pub(crate) fn page(html: &str) -> Self {
        Self::with_scripts(html, 1)
    }

    /// The same for a page of the admin: the admin's one script is in its frame, and none in what is outside of that.
    pub(crate) fn admin(html: &str) -> Self {
        Self::with_scripts(html, usize::from(html.contains("<div class=\"shell\"")))
    }

    fn with_scripts(html: &str, scripts: usize) -> Self {
        let page = Self(Html::parse_document(html));
        page.keeps_to_policy(scripts);
        page.has_one_of_each();
        page.names_everything();
        page.leads_somewhere();
        page
    }

    /// The elements that a selector finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("a selector");
        self.0.select(&selector).collect()
    }

    /// How many elements a selector finds.
    pub(crate) fn count(&self, selector: &str) -> usize {
        self.all(selector).len()
    }

    /// The text of the only element that a selector finds.
    pub(crate) fn text(&self, selector: &str) -> String {
        words(self.only(selector))
    }

    /// An attribute of the only element that a selector finds.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> &str {
        let element = self.only(selector);
        element
            .attr(name)
            .unwrap_or_else(|| panic!("{selector} has no {name}"))
    }

    /// What the page says of itself to machines.
    pub(crate) fn about(&self) -> Vec<serde_json::Value> {
        self.all("script[type='application/ld+json']")
            .into_iter()
            .map(|script| serde_json::from_str(&script.text().collect::<String>()).expect("JSON"))
            .collect()
    }

    fn only(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}");
        found[0]
    }

    /// No style attributes, no handlers in attributes, so many scripts besides data.
    fn keeps_to_policy(&self, scripts: usize) {
        for element in self.all("*") {
            for (name, _) in element.value().attrs() {
                assert!(
                    name != "style" && !name.starts_with("on"),
                    "{name} in {}",
                    tag(element)
                );
            }
        }
        assert_eq!(
            self.count("script:not([type='application/ld+json'])"),
            scripts,
            "scripts"
        );
        assert_eq!(self.count("style"), 0, "style elements");
        self.about();
    }

    /// One title, one first heading, and each id once.
    fn has_one_of_each(&self) {
        assert_eq!(self.attribute("html", "lang"), "en-GB");
        assert_ne!(self.text("head title"), "");
        assert_eq!(self.count("h1"), 1, "first headings");
        let mut ids = HashSet::new();
        for element in self.all("[id]") {
            let id = element.attr("id").unwrap_or_default();
            assert!(ids.insert(id), "the id {id} stands twice");
        }
    }

    /// Pictures have a size and a text, and everything that can be used has a name.
    fn names_everything(&self) {
        for image in self.all("img[src]") {
            for name in ["alt", "width", "height"] {
                assert!(image.attr(name).is_some(), "{} has no {name}", tag(image));
            }
        }
        for control in self.all("input:not([type='hidden']), select, textarea") {
            assert!(self.is_labelled(control), "{} has no label", tag(control));
        }
        for element in self.all("button, a[href]") {
            let by_picture = element
                .descendent_elements()
                .any(|inner| inner.attr("alt").is_some_and(|alt| !alt.is_empty()));
            let by_label = element
                .attr("aria-label")
                .is_some_and(|label| !label.is_empty());
            assert!(
                by_label || by_picture || !words(element).is_empty(),
                "{} has no name",
                tag(element)
            );
        }
    }

    fn is_labelled(&self, control: ElementRef<'_>) -> bool {
        let around = control
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|element| element.value().name() == "label");
        let by_id = control
            .attr("id")
            .is_some_and(|id| self.count(&format!("label[for='{id}']")) == 1);
        around || by_id || control.attr("aria-label").is_some()
    }

    /// Links within the page have a target, and others an address.
    fn leads_somewhere(&self) {
        for link in self.all("a") {
            let href = link.attr("href").unwrap_or_default();
            match href.strip_prefix('#') {
                Some(id) => assert_eq!(self.count(&format!("[id='{id}']")), 1, "{href}"),
                None => assert!(
                    ["/", "mailto:", "tel:", "https://"]
                        .iter()
                        .any(|start| href.starts_with(start)),
                    "{} leads nowhere",
                    tag(link)
                ),
            }
        }
    }
}

/// The words in an element, with single spaces between them.
pub(crate) fn words(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    text.join(" ")
}

/// The start tag of an element, for messages.
pub(crate) fn tag(element: ElementRef<'_>) -> String {
    let html = element.html();
    html.split_inclusive('>')
        .next()
        .unwrap_or_default()
        .to_owned()
}
