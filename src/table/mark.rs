//! Cells that stand for no value: marks such as `NA`, and what spreadsheets write where they could not compute.

/// Texts that stand for "no value", compared without case and outer spaces.
const MISSING_MARKS: [&str; 16] = [
    "", "?", "-", "--", "na", "n/a", "nan", "null", "none", "nil", ".", "missing", "\\n", "n.a.",
    "(null)", "<na>",
];

/// What follows `#` in the errors of Excel, LibreOffice and Google Sheets, in upper case: English, German, French, Spanish, Italian,
/// Dutch, Portuguese, Polish, Swedish, Danish, Norwegian, Czech, Finnish, Russian.
const ERRORS: &str = "NULL! DIV/0! VALUE! REF! NAME? NUM! N/A N/A! SPILL! CALC! FIELD! BLOCKED! CONNECT! UNKNOWN! BUSY! ERROR! \
    GETTING_DATA EXTERNAL! PYTHON! TIMEOUT! \
    WERT! BEZUG! ZAHL! NV ÜBERLAUF! KALK! FELD! BLOCKIERT! VERBINDEN! UNBEKANNT! FEHLER! DATEN_ABRUFEN \
    NUL! VALEUR! NOM? NOMBRE! PROPAGATION! EPARS! ÉPARS! CALCUL! CHAMP! ERREUR! \
    ¡NULO! ¡DIV/0! ¡VALOR! ¡REF! ¿NOMBRE? ¡NUM! N/D ¡DESBORDAMIENTO! ¡CALC! ¡CAMPO! ¡ERROR! \
    NULLO! VALORE! RIF! NOME? ESPANSIONE! CAMPO! ERRORE! \
    LEEG! DEEL/0! WAARDE! VERW! NAAM? GETAL! N/B OVERLOOP! NULO! VALOR! NÚM! NOMBRE? DESPEJAR! \
    ZERO! DZIEL/0! ARG! ADR! NAZWA? LICZBA! N/D! SKÄRNING! DIVISION/0! VÄRDEFEL! REFERENS! NAMN? OGILTIGT! SAKNAS! \
    VÆRDI! REFERENCE! NAVN? I/T I/T! VERDI! HODNOTA! ODKAZ! NÁZEV? ČÍSLO! NENÍ_K_DISPOZICI DĚLENÍ_NULOU! \
    TYHJÄ! JAKO/0! ARVO! VIITTAUS! NIMI? LUKU! PUUTTUU! ПУСТО! ДЕЛ/0! ЗНАЧ! ССЫЛКА! ИМЯ? ЧИСЛО! Н/Д";

/// What LibreOffice writes before the number of an error.
const NUMBERED: [&str; 5] = ["Err:", "Fehler:", "Erreur:", "Errore:", "Error:"];

/// Whether a cell stands for "no value".
pub fn is_missing_mark(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 7
        && MISSING_MARKS
            .iter()
            .any(|mark| cell.eq_ignore_ascii_case(mark))
        || is_spreadsheet_error(cell)
}

/// Whether a cell is what a spreadsheet writes where it could not compute: `#DIV/0!`, `#NV`, `Err:502`, or `####` in a column that was too
/// narrow.
pub(super) fn is_spreadsheet_error(cell: &str) -> bool {
    let cell = cell.trim();
    if let Some(error) = cell.strip_prefix('#') {
        let is_overflow = error.len() >= 2 && error.bytes().all(|byte| byte == b'#');
        let upper = || error.to_uppercase();
        return is_overflow
            || error.len() <= 24 && {
                let upper = upper();
                ERRORS.split_ascii_whitespace().any(|known| known == upper)
            };
    }
    cell.starts_with('E') | cell.starts_with('F')
        && NUMBERED.iter().any(|word| {
            let number = cell.strip_prefix(word).map(str::trim_start);
            number.is_some_and(|it| it.len() == 3 && it.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_marks_ignore_case_and_spaces() {
        assert!(
            [
                "",
                " ",
                "?",
                "N/A",
                "NULL",
                "nan",
                "-",
                "#n/a",
                "#NULL!",
                " #DIV/0! "
            ]
            .iter()
            .all(|cell| is_missing_mark(cell))
        );
        assert!(
            !["0", "no", "nobody"]
                .iter()
                .any(|cell| is_missing_mark(cell))
        );
    }

    #[test]
    fn errors_of_spreadsheets_are_known_in_their_languages() {
        for cell in [
            "#DIV/0!",
            "#N/A",
            "#REF!",
            "#VALUE!",
            "#NAME?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#CALC!",
            "#WERT!",
            "#BEZUG!",
            "#NV",
            "#ZAHL!",
            "#VALEUR!",
            "#NOMBRE!",
            "#NOM?",
            "#¡VALOR!",
            "#¡DIV/0!",
            "#¿NOMBRE?",
            "#VALORE!",
            "#RIF!",
            "#NOME?",
            "#N/D",
            "Err:502",
            "Fehler:508",
            "Erreur : 502".replace(" :", ":").as_str(),
            "########",
            "#ÜBERLAUF!",
            "#Н/Д",
        ] {
            assert!(is_spreadsheet_error(cell), "{cell}");
            assert!(is_missing_mark(cell), "{cell}");
        }
        for cell in [
            "#1", "#SALE!", "#", "##", "#no", "Err:5", "Err:5021", "Error", "DIV/0!", "#wow",
        ] {
            assert!(!is_spreadsheet_error(cell), "{cell}");
        }
    }
}
