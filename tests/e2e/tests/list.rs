//! The list of customers: it keeps its position, reaches its end, and keeps the focus.

use std::time::Duration;

use e2e::{Page, Result, journey};
use serde_json::Value;
use thirtyfour::Key;

const LIST: &str = ".virtual";

/// A file of that many customers in four clusters.
fn file(n: usize) -> String {
    let row = |i: usize| {
        let (a, b) = (
            (i * 7919) % 997 + 3_000 * (i % 2),
            (i * 104_729) % 991 + 3_000 * (i / 2 % 2),
        );
        format!("c{i},{a},{b}\n")
    };
    (0..n).fold("id,income,spend\n".to_owned(), |text, i| {
        text + row(i).as_str()
    })
}

/// Opens such a file and lists all customers.
async fn list_all(page: &Page, n: usize) -> Result {
    page.drop_file("many.csv", file(n)).await?;
    page.find("[data-testid=use-customers]:enabled").await?;
    page.click("use-customers").await?;
    page.part("customer-list").await?;
    page.rest().await?;
    page.press(".chips--row .chip:last-child").await?;
    page.find(&format!("[data-testid=customer-list][data-count='{n}']"))
        .await?;
    page.find("[data-row='0']").await?;
    Ok(())
}

/// The position of the list at rest: pixels, and the customers fully visible below the head.
async fn at_rest(page: &Page) -> Result<(f64, Vec<String>)> {
    const WHERE: &str = "const list = document.querySelector('.virtual'), sight = list.getBoundingClientRect();
        const upper = list.querySelector('thead th').getBoundingClientRect().bottom, lower = sight.top + list.clientHeight;
        const rows = [...list.querySelectorAll('[data-row]')].filter((row) => {
          const place = row.getBoundingClientRect(); return place.top >= upper - 0.5 && place.bottom <= lower + 0.5 });
        return [list.scrollTop, rows.map((row) => row.querySelector('button').innerText)]";
    let mut before = Value::Null;
    loop {
        // Longer than a list takes to come to rest, and than the browser animates a notch.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = page.script(WHERE, vec![]).await?;
        if now == before {
            return Ok(serde_json::from_value(now)?);
        }
        before = now;
    }
}

async fn check_list(page: &Page, n: usize) -> Result {
    list_all(page, n).await?;
    let (top, rows) = at_rest(page).await?;
    assert_eq!((top, rows[0].as_str()), (0.0, "c0"));
    assert!(rows.len() > 5, "{rows:?}");
    // Ten notches of a hundred pixels.
    page.wheel(LIST, 10, 100.0).await?;
    let (top, rows) = at_rest(page).await?;
    assert_eq!((top, rows[0].as_str()), (1_000.0, "c38"));
    // Rows that stay visible keep their elements.
    let mark = "document.querySelector(\"[data-row='45']\").mark = 'kept'";
    page.script(mark, vec![]).await?;
    page.wheel(LIST, 1, 100.0).await?;
    assert_eq!(at_rest(page).await?.0, 1_100.0);
    let kept = "return document.querySelector(\"[data-row='45']\").mark";
    assert_eq!(page.script(kept, vec![]).await?, "kept");
    page.wheel(LIST, 11, -100.0).await?;
    assert_eq!(at_rest(page).await?.0, 0.0);
    // Keys: row by row, to the end and back.
    page.script("document.querySelector('.virtual').focus()", vec![])
        .await?;
    for (key, first) in [(Key::Down, "c1"), (Key::Down, "c2"), (Key::Up, "c1")] {
        page.key(key).await?;
        assert_eq!(at_rest(page).await?.1[0], first);
    }
    page.key(Key::End).await?;
    let (_, rows) = at_rest(page).await?;
    assert_eq!(rows.last(), Some(&format!("c{}", n - 1)));
    let said = page
        .attributes(&format!("[data-row='{}']", n - 1), "aria-rowindex")
        .await?;
    assert_eq!(said, [(n + 1).to_string()]);
    let said = page.attributes("[data-testid=customer-list]", "aria-rowcount");
    assert_eq!(said.await?, [(n + 1).to_string()]);
    page.wheel(LIST, 3, 100.0).await?;
    assert_eq!(at_rest(page).await?.1, rows);
    page.key(Key::Home).await?;
    let (top, rows) = at_rest(page).await?;
    assert_eq!((top, rows[0].as_str()), (0.0, "c0"));
    // Tab goes from row to row, beyond the visible ones; the wheel does not remove the focus.
    let focus = "return document.activeElement.closest('[data-row]')?.dataset.row ?? document.activeElement.className";
    page.script(
        "document.querySelector('[data-row] button').focus()",
        vec![],
    )
    .await?;
    for row in 1..40 {
        page.key(Key::Tab).await?;
        assert_eq!(page.script(focus, vec![]).await?, row.to_string());
    }
    page.wheel(LIST, 20, 100.0).await?;
    at_rest(page).await?;
    assert_eq!(page.script(focus, vec![]).await?, "39");
    page.key(Key::Tab).await?;
    assert_eq!(page.script(focus, vec![]).await?, "40");
    assert!(at_rest(page).await?.1.contains(&"c40".to_owned()));
    page.key(Key::End).await?;
    assert_eq!(page.script(focus, vec![]).await?, (n - 1).to_string());
    assert_eq!(at_rest(page).await?.1.last(), Some(&format!("c{}", n - 1)));
    assert_eq!(page.console_errors().await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_short_list_stays_where_it_is_put_and_reaches_its_end() -> Result {
    journey(async |page, _site| check_list(&page, 200).await).await
}

#[tokio::test]
async fn a_list_of_a_hundred_thousand_does_too_and_sorts() -> Result {
    journey(async |page, _site| {
        check_list(&page, 100_000).await?;
        // By a number, in both directions: first the largest first, then the smallest.
        let head = "[aria-sort] button[title=spend]";
        page.key(Key::Home).await?;
        for (sorted, spend) in [("ascending", 0), ("descending", 3_990)] {
            page.press(head).await?;
            page.find(&format!("[aria-sort={sorted}] button[title=spend]"))
                .await?;
            let (_, rows) = at_rest(&page).await?;
            let row: usize = rows[0].trim_start_matches('c').parse()?;
            let of_row = (row * 104_729) % 991 + 3_000 * (row / 2 % 2);
            assert_eq!(of_row, spend, "{rows:?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn tabs_stand_still_and_columns_out_of_sight_are_named() -> Result {
    journey(async |page, _site| {
        list_all(&page, 200).await?;
        // Relative to their panel, since content above it may move the panel.
        let tabs = "const panel = document.querySelector('.lower__panel--tabs').getBoundingClientRect();
            return [...document.querySelectorAll('.panel-head--tabs .segmented label')].map((tab) => {
            const place = tab.getBoundingClientRect(); return [place.left - panel.left, place.top - panel.top, place.width] })";
        for card in [false, true] {
            if card {
                page.press("[data-row='0'] button").await?;
                page.part("inspector-name").await?;
            }
            let before = page.script(tabs, vec![]).await?;
            assert_eq!(before.as_array().map_or(0, Vec::len), 5);
            for mode in ["Summary", "Bands", "Claims", "What if", "List"] {
                page.click_words("label", mode).await?;
                page.find(".segmented__option--on").await?;
                tokio::time::sleep(Duration::from_millis(200)).await;
                let now = page.script(tabs, vec![]).await?;
                assert_eq!(now, before, "{mode}, card: {card}");
            }
        }
        // With the card open the list is narrow: columns beyond its edge are named, and a click shows them.
        let more = page.find(".virtual__more--on").await?.text().await?;
        assert!(more.contains("to the right"), "{more}");
        assert!(more.contains("spend"), "{more}");
        page.press(".virtual__more").await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let more = page.find(".virtual__more--on").await?.text().await?;
        assert!(more.contains("to the left"), "{more}");
        Ok(())
    })
    .await
}
