//! Reads numbers by the browser: the library's own reader would bring its tables of powers to the page.

use wasm_bindgen::JsValue;

/// The number that a text is; `None` for any other text.
pub(in crate::ui) fn number_of(text: &str) -> Option<f64> {
    // An empty text would be 0, and hexadecimal digits a number.
    let is_decimal = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if text.is_empty() || !text.chars().all(is_decimal) {
        return None;
    }
    let number = JsValue::from_str(text).unchecked_into_f64();
    number.is_finite().then_some(number)
}
