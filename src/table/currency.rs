//! Currencies as people write them beside amounts, before or behind.

/// A way to write a currency, and its code.
struct Sign {
    text: &'static str,
    code: &'static str,
}

/// Ways of writing, of those that begin alike the longer one first. A crown of which country it is nobody knows is `kr`.
const SIGNS: [Sign; 72] = [
    sign("US$", "USD"),
    sign("USD", "USD"),
    sign("US-Dollar", "USD"),
    sign("CA$", "CAD"),
    sign("A$", "AUD"),
    sign("AU$", "AUD"),
    sign("AUD", "AUD"),
    sign("C$", "CAD"),
    sign("CAD", "CAD"),
    sign("HK$", "HKD"),
    sign("HKD", "HKD"),
    sign("NZ$", "NZD"),
    sign("NZD", "NZD"),
    sign("S$", "SGD"),
    sign("SGD", "SGD"),
    sign("MX$", "MXN"),
    sign("MXN", "MXN"),
    sign("R$", "BRL"),
    sign("BRL", "BRL"),
    sign("$", "USD"),
    sign("Dollar", "USD"),
    sign("dollars", "USD"),
    sign("€", "EUR"),
    sign("EURO", "EUR"),
    sign("Euros", "EUR"),
    sign("euros", "EUR"),
    sign("Euro", "EUR"),
    sign("euro", "EUR"),
    sign("EUR", "EUR"),
    sign("eur", "EUR"),
    sign("Eur", "EUR"),
    sign("£", "GBP"),
    sign("GBP", "GBP"),
    sign("SFr.", "CHF"),
    sign("sFr.", "CHF"),
    sign("Fr.", "CHF"),
    sign("CHF", "CHF"),
    sign("chf", "CHF"),
    sign("CN¥", "CNY"),
    sign("RMB", "CNY"),
    sign("CNY", "CNY"),
    sign("JP¥", "JPY"),
    sign("¥", "JPY"),
    sign("JPY", "JPY"),
    sign("₹", "INR"),
    sign("INR", "INR"),
    sign("₽", "RUB"),
    sign("RUB", "RUB"),
    sign("₩", "KRW"),
    sign("KRW", "KRW"),
    sign("₺", "TRY"),
    sign("TRY", "TRY"),
    sign("₪", "ILS"),
    sign("ILS", "ILS"),
    sign("₴", "UAH"),
    sign("UAH", "UAH"),
    sign("zł", "PLN"),
    sign("PLN", "PLN"),
    sign("Kč", "CZK"),
    sign("CZK", "CZK"),
    sign("HUF", "HUF"),
    sign("Ft", "HUF"),
    sign("RON", "RON"),
    sign("ZAR", "ZAR"),
    sign("SEK", "SEK"),
    sign("NOK", "NOK"),
    sign("DKK", "DKK"),
    sign("usd", "USD"),
    sign("gbp", "GBP"),
    sign("AED", "AED"),
    sign("kr.", "kr"),
    sign("kr", "kr"),
];

const fn sign(text: &'static str, code: &'static str) -> Sign {
    Sign { text, code }
}

/// A text without a currency at either end, and the code of that currency.
pub(super) struct Stripped<'a> {
    pub(super) text: &'a str,
    pub(super) code: Option<&'static str>,
}

/// Takes one currency off an end of a text.
pub(super) fn without_currency(text: &str) -> Stripped<'_> {
    let text = text.trim();
    // Signs are no digits, no points and no brackets: most amounts end here.
    let is_sign = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '(' | ')' | '+' | '-'));
    let may_have = text.starts_with(is_sign) || text.ends_with(is_sign) || text.ends_with('.');
    let found = SIGNS.iter().filter(|_| may_have).find_map(|sign| {
        let rest = text
            .strip_prefix(sign.text)
            .or_else(|| text.strip_suffix(sign.text))?;
        Some(Stripped {
            text: rest.trim(),
            code: Some(sign.code),
        })
    });
    found.unwrap_or(Stripped { text, code: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_stand_before_or_behind_as_sign_or_code() {
        for (text, rest, code) in [
            ("US$32", "32", "USD"),
            ("$5", "5", "USD"),
            ("5 €", "5", "EUR"),
            ("CHF 1'200.50", "1'200.50", "CHF"),
            ("1200 Fr.", "1200", "CHF"),
            ("12 kr.", "12", "kr"),
            ("R$ 7", "7", "BRL"),
            ("12 Euro", "12", "EUR"),
            ("CN¥8", "8", "CNY"),
        ] {
            let found = without_currency(text);
            assert_eq!((found.text, found.code), (rest, Some(code)), "{text}");
        }
        assert_eq!(without_currency("1,200.50").code, None);
    }

    #[test]
    fn no_sign_hides_behind_a_shorter_one() {
        for (at, long) in SIGNS.iter().enumerate() {
            let found = without_currency(&format!("{}1", long.text)).code;
            assert_eq!(found, Some(long.code), "{} at {at}", long.text);
            let found = without_currency(&format!("1{}", long.text)).code;
            assert_eq!(found, Some(long.code), "{} at {at}", long.text);
        }
    }
}
