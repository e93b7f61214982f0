//! Where to go after somebody came in.

/// The address, where it is one of this shop's own: a path, and not what a browser takes for another host (`//evil.example`,
/// `/\evil.example`, or either with signs between that browsers leave out).
pub fn own_address(to: &str) -> Option<&str> {
    let rest = to.strip_prefix('/')?;
    let leads_away = rest.starts_with('/') || to.contains('\\') || to.chars().any(char::is_control);
    (!leads_away && to.len() <= 300).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away() {
        for to in [
            "/",
            "/account",
            "/checkout?x=1",
            "/account/orders/1001?left=1.2",
        ] {
            assert_eq!(own_address(to), Some(to));
        }
        for to in [
            "",
            "account",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\\b",
            " /account",
        ] {
            assert_eq!(own_address(to), None, "{to}");
        }
        assert_eq!(own_address(&format!("/{}", "a".repeat(400))), None);
    }
}
