//! What the process takes of its machine. Linux tells it; elsewhere nothing is told.

use std::fs;

/// Resident memory, in bytes. Linux counts it in pages of 4 KiB.
pub(crate) fn resident_memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// The time that its threads have worked, in hundredths of a second: Linux' ticks.
pub(crate) fn cpu_ticks() -> Option<u64> {
    ticks(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// The 14th and the 15th field. The second is a name in brackets, which may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, behind_name) = stat.rsplit_once(')')?;
    let mut fields = behind_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn a_strange_name_hides_nothing() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 100 0 0 0 123 45 0 0 20 0 9 0 1000 1 1 0\n";
        assert_eq!(ticks(stat), Some(168));
        assert_eq!(ticks("7 (mercer) S 1"), None);
    }
}
