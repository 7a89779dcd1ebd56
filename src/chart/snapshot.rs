//! Reference pictures and tables of charts in `tests/charts`: a change of appearance is a change of a file.
//!
//! Texts are not measured: the SVG backend anchors them, so that every machine writes the same bytes. `SEAMLINE_SNAPSHOTS=write` in
//! the environment rewrites the files.

use std::fs;
use std::path::{Path, PathBuf};

use plotters::prelude::{IntoDrawingArea, SVGBackend};

use super::{Cell, Chart, DrawError, Frame, Pen, Quantity, Summary, Theme};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/charts")
}

/// Compares a text with the file of that name.
fn hold(file: &str, text: &str) {
    let path = folder().join(file);
    if std::env::var("SEAMLINE_SNAPSHOTS").is_ok_and(|what| what == "write") {
        fs::create_dir_all(folder()).unwrap();
        fs::write(path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let difference = || {
        let mut lines = expected.lines().zip(text.lines()).enumerate();
        let line = lines.find(|(_, (expected, found))| expected != found);
        format!("{line:?}, {} and {} bytes", expected.len(), text.len())
    };
    assert!(
        expected == text,
        "{file} differs: {}. SEAMLINE_SNAPSHOTS=write writes it anew; look at it before it is kept.",
        difference()
    );
}

/// A type name as a file name: `LineChart` becomes `line-chart`.
fn file_name(name: &str) -> String {
    let mut file = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !file.is_empty() {
            file.push('-');
        }
        file.push(c.to_ascii_lowercase());
    }
    file
}

/// Compares a chart with its pictures in both themes, and with its table.
pub(super) fn check<C: Chart>(chart: &C, size: (f64, f64)) {
    let name = std::any::type_name::<C>().rsplit("::").next().unwrap();
    let name = file_name(name);
    draw_both(&name, size, |area, frame, theme| {
        chart.draw(area, frame, theme)
    });
    hold(&format!("{name}.txt"), &table(&chart.summary()));
}

/// Compares a drawing that is not a chart with its pictures in both themes.
pub(super) fn check_drawing(
    name: &str,
    size: (f64, f64),
    draw: impl Fn(&Pen<'_, SVGBackend<'_>>, &Theme) -> Result<(), DrawError>,
) {
    draw_both(name, size, |area, frame, theme| {
        draw(&Pen::new(area, frame), theme)
    });
}

type Area<'a> = plotters::prelude::DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw_both(
    name: &str,
    (width, height): (f64, f64),
    draw: impl Fn(&Area<'_>, &Frame, &Theme) -> Result<(), DrawError>,
) {
    let frame = Frame {
        text_scale: 1.24,
        ..Frame::canvas(width, height, 1.0)
    };
    for (theme, suffix) in [(Theme::LIGHT, "light"), (Theme::DARK, "dark")] {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, frame.size_px()).into_drawing_area();
            let [r, g, b] = theme.paper;
            area.fill(&plotters::style::RGBColor(r, g, b)).unwrap();
            draw(&area, &frame, &theme).unwrap();
        }
        hold(&format!("{name}-{suffix}.svg"), &svg);
    }
}

/// A summary as a table of texts, with selected rows marked.
fn table(summary: &Summary) -> String {
    let quantity = |quantity: &Quantity| match quantity {
        Quantity::Named(name) => name.clone(),
        Quantity::MeanOf(name) => format!("mean of {name}"),
        other => format!("{other:?}").to_lowercase(),
    };
    let cell = |cell: &Cell| match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Segment(mark) => mark
            .segment()
            .map_or("none".into(), |segment| segment.to_string()),
        Cell::Missing => "-".into(),
    };
    let columns: Vec<String> = summary.columns.iter().map(quantity).collect();
    let mut text = format!(
        "{}\nacross: {}\nup: {}\n\n{}\n",
        summary.title,
        quantity(&summary.x),
        quantity(&summary.y),
        columns.join("\t")
    );
    assert!(!summary.title.is_empty() && !summary.rows.is_empty());
    let rows = summary.rows.iter().map(|row| {
        assert_eq!(row.cells.len(), columns.len());
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        let chosen = if row.is_chosen { "\tchosen" } else { "" };
        format!("{}{chosen}\n", cells.join("\t"))
    });
    text.extend(rows);
    text
}

#[test]
fn every_chart_has_pictures_and_a_table_and_no_file_is_left_over() {
    let mut charts = Vec::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/chart");
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && !path.ends_with("snapshot.rs") {
            let code = fs::read_to_string(path).unwrap();
            let names = code.split("\nimpl Chart for ").skip(1);
            charts.extend(names.map(|rest| file_name(rest.split_whitespace().next().unwrap())));
        }
    }
    let endings = ["-dark.svg", "-light.svg", ".txt"];
    let with_endings = |name: &String| endings.map(|ending| format!("{name}{ending}"));
    let mut expected: Vec<String> = charts.iter().flat_map(with_endings).collect();
    // The labels of a scatter plot are a drawing of their own; their numbers are in the summary of the plot.
    expected.extend(["scatter-labels-dark.svg", "scatter-labels-light.svg"].map(String::from));
    expected.sort();
    let files = fs::read_dir(folder()).unwrap();
    let mut found: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert!(charts.len() >= 3, "{charts:?}");
    assert_eq!(found, expected);
}
