//! Order lines and the customers made of them.

use super::numbers::{all_digits, count, plural};
use crate::orders::{DateReading, OrderCounts, OrderError, OrderFacts};
use crate::table::{DateForm, OrderColumns, OrderPart, Summary};

/// The head above what is said of order lines.
pub const ORDER_LINES: &str = "Order lines";
/// Makes customers of lines.
pub const ONE_ROW_PER_CUSTOMER: &str = "One row per customer";
/// Takes each line as a customer.
pub const EACH_LINE: &str = "Each line is a customer";
/// The choice of the last day.
pub const COUNTED_TO: &str = "Counted to";
/// No column for a part.
pub const NO_COLUMN: &str = "none";
/// The choice of further columns.
pub const SUMMARISE: &str = "Keep also";
/// What becomes of the values of a further column.
pub const SUMMARISE_TIP: &str = "Adds the most frequent value of one more column per customer";

/// What a part of order lines is called.
pub fn part_name(part: OrderPart) -> &'static str {
    match part {
        OrderPart::Customer => "Customer",
        OrderPart::Date => "Date",
        OrderPart::Amount => "Amount",
        OrderPart::Quantity => "Quantity",
        OrderPart::Price => "Price",
        OrderPart::Invoice => "Invoice",
        OrderPart::Article => "Article",
    }
}

/// What the file holds, or what was made of it.
pub fn orders_sentence(facts: &OrderFacts) -> String {
    let lines = plural(facts.lines, "order line", "order lines");
    match &facts.counts {
        None => format!(
            "The file holds {lines} of {}: each line is a customer until they are put together.",
            plural(facts.customers, "customer", "customers")
        ),
        Some(counts) => format!(
            "{} made of {lines}, counted to {}.",
            plural(counts.customers, "customer is", "customers are"),
            counts.reference
        ),
    }
}

/// Everything that was counted beside the customers; nothing where all lines are purchases.
pub fn counts_sentences(counts: &OrderCounts) -> Vec<String> {
    let line = |n: usize, what: &str| format!("{} {what}.", plural(n, "line", "lines"));
    let mut said = Vec::new();
    let mut say = |n: usize, sentence: String| {
        if n > 0 {
            said.push(sentence);
        }
    };
    say(
        counts.no_customer,
        line(counts.no_customer, "without a customer left out"),
    );
    say(
        counts.no_date,
        line(counts.no_date, "without a date left out"),
    );
    say(
        counts.no_amount,
        line(counts.no_amount, "without an amount left out"),
    );
    let after = format!("after {} left out", counts.reference);
    say(counts.after, line(counts.after, &after));
    say(
        counts.lost,
        format!(
            "{} without a line that counts left out.",
            plural(counts.lost, "customer", "customers")
        ),
    );
    let returned = format!("returned or cancelled: {}", all_digits(counts.returned));
    say(counts.returns, line(counts.returns, &returned));
    say(
        counts.only_returns,
        format!(
            "{} returns and no purchase: no days since the last one.",
            plural(counts.only_returns, "customer has", "customers have")
        ),
    );
    say(
        counts.free,
        line(counts.free, "of 0.00 counted as purchases"),
    );
    let late = counts.late_from.map_or_else(String::new, |from| {
        let lie = if counts.late == 1 { "lies" } else { "lie" };
        format!(
            "{} {lie} more than a year after all others, from {from} on, and recency is counted to the last of them. If they are slips, give the day to count to.",
            plural(counts.late, "line", "lines")
        )
    });
    say(counts.late, late);
    said.extend(dates_sentences(&counts.dates));
    said
}

/// What stands below the sentence of order lines: what was counted, or how their days are read while each line is a row.
pub fn orders_notes(facts: &OrderFacts) -> Vec<String> {
    match &facts.counts {
        Some(counts) => counts_sentences(counts),
        None => dates_sentences(&facts.dates),
    }
}

/// What is remarkable about the days of lines.
fn dates_sentences(dates: &DateReading) -> Vec<String> {
    let mut said = Vec::new();
    let mut say = |n: usize, sentence: String| {
        if n > 0 {
            said.push(sentence);
        }
    };
    say(
        dates.placeholders,
        format!(
            "{} with a day that programs write for none, such as 1970-01-01 or 9999-12-31: no date.",
            plural(dates.placeholders, "line", "lines")
        ),
    );
    say(
        dates.other_orders,
        format!(
            "{} with day and month in another order than most.",
            plural(dates.other_orders, "line", "lines")
        ),
    );
    let order = match dates.order {
        Some(DateForm::DayFirst) => "day first",
        _ => "month first",
    };
    say(
        usize::from(dates.is_assumed),
        format!("No date settles which number is the month: read as {order}."),
    );
    say(
        dates.zones.saturating_sub(1),
        format!(
            "The dates have {} time zones; the day is the one that is written.",
            count(dates.zones)
        ),
    );
    said
}

/// Which column was taken for what, on one line of the command line.
pub fn columns_sentence(columns: &OrderColumns) -> String {
    let parts = OrderPart::ALL.into_iter();
    let named = parts.filter(|part| !columns.part(*part).is_empty());
    let named = named.map(|part| {
        format!(
            "{} “{}”",
            part_name(part).to_lowercase(),
            columns.part(part)
        )
    });
    let others = columns.others.iter().map(|(name, summary)| {
        let summary = match summary {
            Summary::MostFrequent => "most frequent",
            Summary::Sum => "sum of",
            Summary::Mean => "mean of",
        };
        format!("{summary} “{name}”")
    });
    let all: Vec<String> = named.chain(others).collect();
    format!("Columns: {}.", all.join(", "))
}

/// The days of all order lines, and the purchases among them with their money, for the command line.
pub fn purchases_sentence(counts: &OrderCounts) -> String {
    format!(
        "Lines from {} to {}; {}: {}.",
        counts.first,
        counts.last,
        plural(counts.purchases, "purchase line", "purchase lines"),
        all_digits(counts.money)
    )
}

/// Why no customers can be made.
pub fn order_error_sentence(error: &OrderError) -> String {
    match error {
        OrderError::UnknownColumn { column } => {
            format!("The order lines have no column “{column}”. Choose one that they have.")
        }
        OrderError::NotNumbers { column } => {
            format!("“{column}” holds no numbers, so it cannot be added up. Choose another column.")
        }
        OrderError::NoDates { column } => {
            format!(
                "No cell of “{column}” is a date. Choose the column with the day of the purchase."
            )
        }
        OrderError::NoAmount => {
            "Neither an amount nor a price is named. Choose what a line costs.".into()
        }
        OrderError::UnknownDay { text } => {
            format!("“{text}” is no day of the calendar. Enter one such as 2024-01-31.")
        }
        OrderError::NoLines { lines } => format!(
            "None of the {} has a customer, an amount, and a date up to the day that is counted to. Choose other columns or a later day.",
            plural(*lines, "line", "lines")
        ),
        OrderError::Table(_) => {
            "The customers make no table that can be read. Choose another customer column.".into()
        }
    }
}

/// Why the command line recognises no order lines: what must be named.
pub fn not_recognised_sentence(missing: &[OrderPart]) -> String {
    let names: Vec<String> = missing
        .iter()
        .map(|part| format!("--{}", part_name(*part).to_lowercase()))
        .collect();
    format!(
        "The columns of order lines are not recognised. Name what is missing: {}.",
        names.join(", ")
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::super::variants::{is_a_sentence, names_all};
    use super::*;
    use crate::orders::open;
    use crate::table::{ReadOptions, TableError, read_csv};

    #[test]
    fn every_error_is_one_sentence() {
        let column = || "amount".to_owned();
        let errors = [
            OrderError::UnknownColumn { column: column() },
            OrderError::NotNumbers { column: column() },
            OrderError::NoDates { column: column() },
            OrderError::NoAmount,
            OrderError::UnknownDay {
                text: "soon".into(),
            },
            OrderError::NoLines { lines: 1 },
            OrderError::Table(TableError::Empty),
        ];
        names_all(include_str!("../orders/error.rs"), "OrderError", &errors);
        for error in &errors {
            is_a_sentence(&order_error_sentence(error));
        }
        is_a_sentence(&not_recognised_sentence(&[OrderPart::Customer]));
    }

    /// Before and after customers are made of the lines: the same days, the same sentences.
    #[test]
    fn days_that_stand_for_none_and_time_zones_are_said_of_lines_and_of_customers() {
        let day = |row: usize| match row % 10 {
            3 => "1970-01-01T00:00:00Z".to_owned(),
            7 => "9999-12-31".to_owned(),
            _ => {
                let zone = if row.is_multiple_of(2) {
                    "+01:00"
                } else {
                    "+02:00"
                };
                format!("2024-0{}-{:02}T10:00:00{zone}", 1 + row % 6, 1 + row % 27)
            }
        };
        let rows = (0..60_usize).map(|row| format!("{},{},{}\n", row % 7, day(row), 3 + row % 5));
        let text = "customer id,order date,amount\n".to_owned() + &rows.collect::<String>();
        let lines = read_csv(text.as_bytes()).unwrap();
        let of_lines = open(lines.clone(), &ReadOptions::default()).unwrap().orders;
        let of_lines = of_lines.unwrap();
        let wanted = [
            "12 lines with a day that programs write for none, such as 1970-01-01 or 9999-12-31: no date.",
            "The dates have 3 time zones; the day is the one that is written.",
        ];
        assert_eq!(orders_notes(&of_lines), wanted);
        let options = ReadOptions {
            orders: Some(of_lines.columns),
            ..ReadOptions::default()
        };
        let made = open(lines, &options).unwrap().orders.unwrap();
        let said = orders_notes(&made);
        assert_eq!(said[said.len() - 2..], wanted);
        said.iter().for_each(|sentence| is_a_sentence(sentence));
    }

    #[test]
    fn every_line_that_is_no_purchase_is_said() {
        let text = "customer id,order date,amount\n7,01/02/2024,5\n7,02/02/2024,-2\n8,02/02/2024,-1\n9,,4\n,01/02/2024,4\n7,03/02/2024,\n7,09/02/2024,3\n7,01/02/2024,0\n";
        let lines = read_csv(text.as_bytes()).unwrap();
        let seen = open(lines.clone(), &ReadOptions::default()).unwrap();
        let mut facts = seen.orders.unwrap();
        assert_eq!(
            orders_sentence(&facts),
            "The file holds 8 order lines of 3 customers: each line is a customer until they are put together."
        );
        facts.columns.until = Some("2024-02-08".into());
        let options = ReadOptions {
            orders: Some(facts.columns.clone()),
            ..ReadOptions::default()
        };
        let facts = open(lines, &options).unwrap().orders.unwrap();
        let counts = facts.counts.as_ref().unwrap();
        let said = counts_sentences(counts);
        assert_eq!(
            said,
            [
                "1 line without a customer left out.",
                "1 line without a date left out.",
                "1 line without an amount left out.",
                "1 line after 2024-02-08 left out.",
                "1 customer without a line that counts left out.",
                "2 lines returned or cancelled: 3.",
                "1 customer has returns and no purchase: no days since the last one.",
                "1 line of 0.00 counted as purchases.",
                "No date settles which number is the month: read as day first.",
            ]
        );
        said.iter().for_each(|sentence| is_a_sentence(sentence));
        assert_eq!(
            orders_sentence(&facts),
            "2 customers are made of 8 order lines, counted to 2024-02-08."
        );
        assert_eq!(
            columns_sentence(&facts.columns),
            "Columns: customer “customer id”, date “order date”, amount “amount”."
        );
        assert_eq!(
            purchases_sentence(counts),
            "Lines from 2024-02-01 to 2024-02-09; 2 purchase lines: 5."
        );
    }
}
