//! Everything that is decided can be undone and decided again, and the screen shows the same at every stop.

use e2e::{Page, Result, journey};
use serde_json::{Value, json};

/// One decision of a person: where it is made, and how.
enum Deed {
    /// Goes to a screen, which is no decision.
    Screen(&'static str),
    /// Clicks a label, a button or whatever matches.
    Click(&'static str),
    /// Clicks the first element with these words.
    Words(&'static str, &'static str),
    /// Chooses an option by its place.
    Pick(&'static str, u64),
    /// Gives a field a value.
    Set(&'static str, &'static str),
    /// Drags a handle over these values.
    Drag(&'static str, [&'static str; 3]),
    /// Uses rules.
    Rules(&'static str),
    /// Reads the file with the header on another line.
    Header(u64),
}

use Deed::{Click, Drag, Header, Pick, Rules, Screen, Set, Words};

const RULES: &str = "for,column,is,then,why\nsegment,*,high,Call them,They are worth it\n";

const DEEDS: [Deed; 50] = [
    // Names, with the result of the first fit.
    Screen("Segments"),
    Set("[data-testid=profile-A] input", "Savers"),
    Set("[data-testid=profile-B] input", "Spenders"),
    Set("[data-testid=profile-A] input", "Careful"),
    Set("[data-testid='Margin per response']", "40"),
    Set("[data-testid='Cost per contact']", "2"),
    Set("[data-testid='Response today']", "3"),
    Set("[data-testid='Response with the action']", "12"),
    Screen("Compare"),
    // Models and their choices.
    Click("[data-testid=model-gaussian_mixture]"),
    Pick("pair", 1),
    Pick("centres", 1),
    Pick("linkage", 2),
    Pick("metric", 1),
    Pick("covariance", 1),
    Click("[aria-label='One segment more']"),
    Click("[aria-label='One segment more']"),
    Click("[aria-label='One segment fewer']"),
    Pick("own-k-hierarchical", 3),
    // Filters.
    Drag("[aria-label='Age, smallest value']", ["20", "25", "30"]),
    Drag("[aria-label='Age, largest value']", ["60", "55", "50"]),
    Set(
        "[aria-label='Annual Income (k$), smallest value, exact']",
        "20",
    ),
    Words("button", "Female"),
    Click("[data-testid=clear-filters]"),
    Words("button", "Male"),
    Drag("[aria-label='Age, largest value']", ["60", "50", "40"]),
    // Plots and bands.
    Pick("axis-x", 2),
    Pick("axis-y", 0),
    Words("label", "Bands"),
    Pick("band-column", 0),
    Set("[data-testid=band-low]", "30"),
    Set("[data-testid=band-high]", "50"),
    // Features and scaling.
    Words("label", "Min–max"),
    Words("label", "Age"),
    Click("[data-testid=derive-add]"),
    Words("label", "Z-score"),
    Click("[data-testid=model-k_means]"),
    Click("[data-testid=clear-filters]"),
    // Rules, and a name once more.
    Screen("Segments"),
    Rules(RULES),
    Set("[data-testid=profile-C] input", "Third"),
    Set("[data-testid=profile-C] input", ""),
    // What is read, and what it is.
    Screen("Data"),
    Words("label", "Keep first"),
    Words("label", "Median"),
    Header(2),
    Screen("Compare"),
    Click("[aria-label='One segment more']"),
    Screen("Segments"),
    Set("[data-testid=profile-A] input", "Last"),
];
