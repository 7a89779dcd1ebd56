//! Names that tell the columns of a table apart.

/// Gives every column a name of its own: `Column 3` for an empty one, `income (2)` for a repeated one.
pub(super) fn make_distinct(names: &mut [String]) {
    let mut taken = std::collections::BTreeSet::new();
    for (i, name) in names.iter_mut().enumerate() {
        if name.is_empty() {
            *name = format!("Column {}", i + 1);
        }
        let base = name.clone();
        let mut copy = 2;
        while !taken.insert(name.clone()) {
            *name = format!("{base} ({copy})");
            copy += 1;
        }
    }
}
