//! What the name of a column says about its content.

/// Lower-case words of a name: `CustomerID` and `customer_id` both give `customer id`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts_word = c.is_uppercase() && before.is_lowercase();
        if (starts_word || !c.is_alphanumeric())
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words
}

pub(super) fn named_like_identifier(name: &str) -> bool {
    const MARKS: [&str; 13] = [
        "id",
        "ids",
        "uuid",
        "guid",
        "key",
        "code",
        "email",
        "mail",
        "phone",
        "mobile",
        "zip",
        "postcode",
        "customerid",
    ];
    words(name)
        .iter()
        .any(|word| MARKS.contains(&word.as_str()))
}

/// Whether a column tells who a customer is rather than what they do: it describes segments, but rarely makes them.
pub(super) fn describes_a_person(name: &str) -> bool {
    const MARKS: [&str; 13] = [
        "age",
        "birth",
        "born",
        "birthday",
        "dob",
        "zip",
        "postcode",
        "alter",
        "âge",
        "edad",
        "età",
        "leeftijd",
        "возраст",
    ];
    let words = words(name);
    words.iter().any(|word| MARKS.contains(&word.as_str())) || words == ["year"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(
            words("Annual_Income (k$)"),
            ["annual", "income", "k", ""].map(String::from)
        );
        assert!(named_like_identifier("CustomerID") && !named_like_identifier("Video"));
    }
}
