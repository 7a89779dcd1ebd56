//! Columns with units of several kinds, of which one is kept.

use super::*;

/// Cells with their units, the kinds that are listed, and the numbers without a unit.
type Case = (
    &'static [(usize, &'static str)],
    &'static [(&'static str, usize)],
    usize,
);

#[test]
fn kinds_of_units_are_counted_as_kinds_and_the_bare_and_the_few_are_named() {
    let mixed = |parts: &[(usize, &str)]| -> Vec<String> {
        let cells = parts
            .iter()
            .flat_map(|&(n, unit)| (0..n).map(move |i| (i, unit)));
        cells
            .map(|(i, unit)| format!("{} {unit}", 10 + i % 7).trim().to_owned())
            .collect()
    };
    let cases: [Case; 3] = [
        (
            &[(50, "m"), (20, "cm"), (30, "kg")],
            &[("cm", 70), ("kg", 30)],
            0,
        ),
        (
            &[(40, "cm"), (20, "m"), (15, "kg"), (25, "")],
            &[("cm", 60), ("kg", 15)],
            25,
        ),
        (&[(96, "cm"), (4, "kg")], &[("cm", 96), ("kg", 4)], 0),
    ];
    for (parts, listed, n_bare) in cases {
        let table = found("x", &mixed(parts));
        let said = remarks(&table);
        let mixed_units = said.iter().find_map(|it| match it {
            Remark::MixedUnits { kept, counts, bare } => Some((kept, counts, bare)),
            _ => None,
        });
        let (kept, counts, bare) = mixed_units.unwrap();
        let counts: Vec<(&str, usize)> = counts
            .iter()
            .map(|it| (it.unit.as_str(), it.count))
            .collect();
        assert_eq!(
            (kept.as_str(), counts.as_slice(), *bare),
            ("cm", listed, n_bare)
        );
        let missing: usize = listed[1..].iter().map(|it| it.1).sum();
        assert_eq!(second(&table).missing, missing + n_bare);
        let mut options = ReadOptions::default();
        options.units.insert("x".into(), "kg".into());
        let other = read("x", &mixed(parts), &options);
        assert_eq!(second(&other).present(), listed[1].1);
    }
    let minus = found(
        "x",
        &mixed(&[(40, "")])
            .iter()
            .map(|it| format!("(-{it}.5)"))
            .collect::<Vec<_>>(),
    );
    assert_eq!(second(&minus).numbers[0], -10.5);
}
