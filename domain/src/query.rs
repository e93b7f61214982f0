//! The query of an address, put together.

use std::fmt::Write;

/// Names and values, encoded as forms are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// Without any.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        encode(&mut self.0, name);
        self.0.push('=');
        encode(&mut self.0, value);
    }

    /// A path with it; without a question mark where there is nothing to ask.
    pub fn after(self, path: &str) -> String {
        if self.0.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", self.0)
        }
    }
}

fn encode(into: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                into.push(char::from(byte));
            }
            b' ' => into.push('+'),
            // Writing to a String cannot fail.
            _ => drop(write!(into, "%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn what_is_added_comes_back() {
        let mut query = Query::new();
        assert_eq!(query.clone().after("/admin"), "/admin");
        query.add("q", "a b&c=d/é");
        query.add("sort", "-date");
        assert_eq!(
            query.after("/admin"),
            "/admin?q=a+b%26c%3Dd%2F%C3%A9&sort=-date"
        );
    }
}
