//! Fields of forms: what is typed and what is chosen, each with its label, its hint and what is wrong with it.

use super::{Icon, icon};
use leptos::prelude::*;

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Email,
    /// Digits, without the arrows of a number field.
    Digits,
    Postcode,
    Password,
    /// A code of the second factor.
    Code,
    /// A sentence.
    Line,
    /// An amount of money.
    Amount,
    /// An address on the web.
    Link,
}

impl Kind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::Link => "url",
            Self::Text | Self::Digits | Self::Postcode | Self::Code | Self::Line | Self::Amount => {
                "text"
            }
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Digits => Some("numeric"),
            Self::Amount => Some("decimal"),
            Self::Link => Some("url"),
            // A recovery code has letters.
            Self::Text | Self::Postcode | Self::Password | Self::Code | Self::Line => None,
        }
    }

    const fn max_length(self) -> &'static str {
        match self {
            Self::Text => "100",
            Self::Email => "254",
            Self::Password => "256",
            Self::Line => "200",
            Self::Link => "500",
            Self::Digits | Self::Postcode | Self::Code | Self::Amount => "20",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Digits | Self::Amount => "input num",
            Self::Code => "input code-input",
            Self::Text
            | Self::Email
            | Self::Postcode
            | Self::Password
            | Self::Line
            | Self::Link => "input",
        }
    }
}

/// A field of one line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    /// What it is called when it is sent; its id too.
    pub name: &'a str,
    pub label: &'a str,
    pub kind: Kind,
    pub value: &'a str,
    /// The browser's word for what it holds.
    pub autocomplete: &'a str,
    /// The columns it takes, as a class; empty for all.
    pub span: &'a str,
    /// What stands below it while nothing is wrong.
    pub hint: Option<&'a str>,
    /// What is wrong with it.
    pub error: Option<&'a str>,
    /// The id of what says what is wrong with the whole form.
    pub described: Option<&'a str>,
    pub required: bool,
    /// Whether label and hint are parts that an island puts in place.
    pub follows: bool,
}

impl<'a> Input<'a> {
    /// A field over the whole width that has to be filled in.
    pub(crate) const fn new(name: &'a str, label: &'a str, kind: Kind, value: &'a str) -> Self {
        Self {
            name,
            label,
            kind,
            value,
            autocomplete: "off",
            span: "",
            hint: None,
            error: None,
            described: None,
            required: true,
            follows: false,
        }
    }

    fn described(&self) -> Option<String> {
        match (self.error, self.described) {
            (Some(_), _) => Some(format!("{}-error", self.name)),
            (None, Some(id)) => Some(id.to_owned()),
            (None, None) => self.hint.map(|_| format!("{}-hint", self.name)),
        }
    }
}

/// A field of one line.
pub(crate) fn input(of: &Input<'_>) -> AnyView {
    let name = of.name;
    let part = |which: &str| of.follows.then(|| format!("{name}-{which}"));
    let optional = (!of.required).then(|| view! { <span class="soft">" (if there is one)"</span> });
    let hint = of.hint.filter(|_| of.follows || of.error.is_none());
    let hint = hint.map(|hint| {
        let words = of.error.is_none().then(|| hint.to_owned());
        view! {
            <p class="field__hint" id=format!("{name}-hint") data-part=part("hint")>
                {words}
            </p>
        }
    });
    let wrong = of.error.is_some() || of.described.is_some();
    let capitals = of.kind == Kind::Postcode;
    view! {
        <div class=format!("field {}", of.span)>
            <label class="field__label" for=name.to_owned() data-part=part("label")>
                {of.label.to_owned()}
                {optional}
            </label>
            <input
                class=of.kind.class()
                id=name.to_owned()
                name=name.to_owned()
                type=of.kind.input_type()
                inputmode=of.kind.input_mode()
                autocomplete=of.autocomplete.to_owned()
                autocapitalize=capitals.then_some("characters")
                spellcheck=capitals.then_some("false")
                maxlength=of.kind.max_length()
                required=of.required
                aria-invalid=wrong.then_some("true")
                aria-describedby=of.described()
                value=of.value.to_owned()
            />
            {field_error(name, of.error)}
            {hint}
        </div>
    }
    .into_any()
}

/// A field of several lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextArea<'a> {
    /// What it is called when it is sent; its id too.
    pub name: &'a str,
    pub label: &'a str,
    pub value: &'a str,
    /// How many lines it shows.
    pub rows: u32,
    /// The most characters that are taken.
    pub max: u32,
    /// What stands below it while nothing is wrong.
    pub hint: Option<&'a str>,
    /// What is wrong with it.
    pub error: Option<&'a str>,
}

/// A field of several lines.
pub(crate) fn text_area(of: TextArea<'_>) -> AnyView {
    let name = of.name;
    let described = of
        .error
        .map(|_| format!("{name}-error"))
        .or_else(|| of.hint.map(|_| format!("{name}-hint")));
    let hint = of.hint.filter(|_| of.error.is_none()).map(|hint| {
        view! {
            <p class="field__hint" id=format!("{name}-hint")>
                {hint.to_owned()}
            </p>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=name.to_owned()>
                {of.label.to_owned()}
            </label>
            <textarea
                class="textarea"
                id=name.to_owned()
                name=name.to_owned()
                rows=of.rows.to_string()
                maxlength=of.max.to_string()
                aria-invalid=of.error.map(|_| "true")
                aria-describedby=described
                inner_html=escaped(of.value)
            />
            {field_error(name, of.error)}
            {hint}
        </div>
    }
    .into_any()
}

/// Text as the child of a `<textarea>`, which the renderer does not escape. Browsers drop its first line break: one more is
/// put before it.
fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("\n{text}")
}

/// What is wrong with a field.
pub(crate) fn field_error(name: &str, error: Option<&str>) -> impl IntoView + use<> {
    let id = format!("{name}-error");
    error.map(|words| {
        let words = words.to_owned();
        view! {
            <p class="field__error" id=id>
                {icon(Icon::Alert)}
                <span>{words}</span>
            </p>
        }
    })
}

/// A field with a list to choose from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Select<'a> {
    /// What it is called when it is sent; its id too.
    pub name: &'a str,
    pub label: &'a str,
    /// The browser's word for what it holds.
    pub autocomplete: &'a str,
    /// What is wrong with it.
    pub error: Option<&'a str>,
}

/// A field with a list to choose from. What is chosen in it decides about the totals, where there are some.
pub(crate) fn select(of: Select<'_>, options: AnyView) -> AnyView {
    let name = of.name;
    view! {
        <div class="field">
            <label class="field__label" for=name.to_owned()>
                {of.label.to_owned()}
            </label>
            <select
                class="select"
                id=name.to_owned()
                name=name.to_owned()
                autocomplete=of.autocomplete.to_owned()
                required
                data-totals=""
                aria-invalid=of.error.map(|_| "true")
                aria-describedby=of.error.map(|_| format!("{name}-error"))
            >
                {options}
            </select>
            {field_error(name, of.error)}
        </div>
    }
    .into_any()
}

/// A row of such a list.
pub(crate) fn choice(value: &str, words: &str, selected: bool) -> impl IntoView + use<> {
    view! {
        <option value=value.to_owned() selected=selected>
            {words.to_owned()}
        </option>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_a_text_area() {
        let typed = "\n</textarea><script>alert(1)</script> &lt;";
        let html = crate::document::render_part(|| {
            text_area(TextArea {
                name: "text",
                label: "Text",
                value: typed,
                rows: 3,
                max: 100,
                hint: None,
                error: None,
            })
        });
        let page = scraper::Html::parse_fragment(&html);
        let area = scraper::Selector::parse("textarea").unwrap();
        let read: String = page.select(&area).next().unwrap().text().collect();
        assert_eq!(read, typed);
        let script = scraper::Selector::parse("script").unwrap();
        assert!(page.select(&script).next().is_none());
    }
}
