//! What files to save say of those who are kept out.

use std::sync::Arc;

use seamline::export::Format;
use seamline::features::Repeats;
use seamline::session::{Decision, Rows};

use super::Page;

#[test]
fn files_hold_everyone_and_say_who_is_left_out_and_why() {
    let text = b"id,x,y\na,1,2\nb,9,8\nc,5,1\nd,,1\ne,2,3\nf,8,8\ne,2,3\n";
    let mut page = Page::of(text);
    page.decide(Decision::SetNumber(Some(2)));
    page.decide(Decision::SetRepeats(Repeats::First));
    page.decide(Decision::LeaveOut(Rows::of([2])));
    page.range("x", [1.5, 10.0]);
    page.decide(Decision::Refit(true));
    let session = Arc::clone(page.history.session());
    let mut column = |format: Format| -> Vec<String> {
        let bytes = format.write(&mut page.engine, &session, &mut |_, _| ());
        let text = String::from_utf8(bytes.unwrap()).unwrap();
        let last = |line: &str| line.rsplit(',').next().unwrap().to_owned();
        text.lines().map(last).collect()
    };
    let reasons = [
        "left_out",
        "outside_filters",
        "",
        "by_hand",
        "no_value",
        "",
        "",
        "repeat",
    ];
    assert_eq!(column(Format::Labelled), reasons);
    let listed: Vec<&str> = reasons.into_iter().filter(|it| !it.is_empty()).collect();
    assert_eq!(column(Format::LeftOut), listed);
}
