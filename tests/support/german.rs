//! A customer file as German programs write it.

use std::fmt::Write;

/// A file as a German spreadsheet saves it.
pub fn german() -> Vec<u8> {
    let mut text = "Kunde ;Ort;Umsatz;Saldo;Rabatt;Telefon;Notiz\r\n".to_owned();
    let towns = ["Köln", "München", "Düsseldorf", "Jülich"];
    let notes = [
        "=1+1", "\"a;b\"", "@SUM(A1)", "-982,96", "-x", "\"\n=2\"", "gut", "größer",
    ];
    for i in 0..40 {
        let far = if i % 2 == 0 { 100 } else { 900 };
        write!(
            text,
            "K{i:03};{};{},{:02};-{},96;-{},1%;+49 221 {i:04};{}\r\n",
            towns[i % 4],
            far + i,
            i * 7 % 100,
            900 + i * 13 % 97,
            i % 9,
            notes[i % notes.len()]
        )
        .unwrap();
    }
    // All of its letters are below U+0100, as windows-1252 has them.
    text.chars().map(|c| c as u8).collect()
}
