//! Claims and what the data say of them, in words.

use super::numbers::{compact, fixed, percent};
use super::reality::p_value;
use crate::explain::{Checked, Finding, Group, Says};

/// What a claim says, as it stands between a group and a column: `have more`.
pub fn says_words(says: Says) -> &'static str {
    match says {
        Says::Higher => "have more",
        Says::Lower => "have less",
        Says::Same => "are no different",
        Says::Driver => "are set apart by it most",
        Says::NotDriver => "are not set apart by it most",
    }
}

/// "Supported", "Contradicted", "Not shown", "Too few".
pub fn finding_words(finding: Finding) -> &'static str {
    match finding {
        Finding::Supported => "Supported by these data",
        Finding::Contradicted => "Contradicted by these data",
        Finding::NotShown => "Not shown by these data",
        Finding::TooFew => "Too few customers to say",
    }
}

/// The claim as a sentence; `group` is what its group is called.
pub fn claim_sentence(checked: &Checked, group: &str) -> String {
    let column = &checked.claim.column;
    let of = |word: &str| format!("{group} {word} {column} than the others.");
    match checked.claim.says {
        Says::Higher => of("have more"),
        Says::Lower => of("have less"),
        Says::Same => format!("{group} are no different in {column}."),
        Says::Driver => format!("Of all columns {column} sets {group} apart most."),
        Says::NotDriver => format!("{column} is not what sets {group} apart most."),
    }
}

/// The numbers behind it.
pub fn evidence_sentence(checked: &Checked) -> String {
    let medians = match (&checked.group, &checked.others) {
        (Some(group), Some(others)) => format!(
            "Median {} of {} against {} of {} others, mean {} against {}. ",
            compact(group.median),
            group.count,
            compact(others.median),
            others.count,
            compact(group.mean),
            compact(others.mean)
        ),
        _ => String::new(),
    };
    let used = if checked.is_feature {
        "The models saw this column."
    } else {
        "No model saw this column."
    };
    let circular = match checked.claim.group {
        Group::Segment(_) if checked.is_feature => {
            " It describes how the segment was cut, not a discovery."
        }
        _ => "",
    };
    format!(
        "{medians}In {} of all pairs the member has more (p {}); the distributions are {} apart (p {}). {used}{circular}",
        percent(checked.superiority),
        p_value(checked.p_superiority),
        fixed(checked.statistic, 2),
        p_value(checked.p)
    )
}

/// Why it came out like that, where numbers alone mislead.
pub fn finding_note(checked: &Checked) -> Option<String> {
    let is_direction = matches!(checked.claim.says, Says::Higher | Says::Lower);
    let differs = checked.p <= 0.05;
    let leans = checked.p_superiority <= 0.05;
    match checked.finding {
        Finding::NotShown if is_direction && differs => Some(
            "The group is spread otherwise than the others, but not by having more or less: it may lie in the middle.".into(),
        ),
        Finding::NotShown if is_direction && leans => Some(
            "The means differ, but chance explains how the whole group is spread. A difference of means alone is no evidence here.".into(),
        ),
        Finding::NotShown if checked.claim.says == Says::Same => {
            Some("No difference is shown. That does not show that there is none.".into())
        }
        _ => checked
            .leading
            .as_ref()
            .map(|leading| format!("{leading} sets the group apart most.")),
    }
}
