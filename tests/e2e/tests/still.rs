//! A screen that stands still: no refit, number, selection or card moves a control that was on the screen.

use std::time::Duration;

use e2e::{Page, Result, journey, journey_at};
use serde_json::Value;

/// Watches every control that is on the screen, frame by frame, from `begin` to `end`. Rows of the list are data: they are the list's own.
const WATCH: &str = r#"
    const CONTROLS = 'button, input, label, select, textarea, a, summary, [role=tab], [tabindex]';
    const place = (element) => {
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      // What a closed part holds has a place, but is not there.
      const isThere = element.checkVisibility() && width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
      return isThere ? [left, top] : null;
    };
    const controls = () => [...document.querySelectorAll(CONTROLS)].filter((element) => !element.closest('[data-row], .matrix'));
    const name = (element) => element.dataset.testid ?? element.getAttribute('aria-label') ?? element.title ?? element.className;
    // Cells of the matrix are made anew; one with the same name is the same to a hand.
    const cells = () => new Map([...document.querySelectorAll("[data-testid^='cell-']")].map((cell) => [cell.dataset.testid, place(cell)]));
    window.still = {
      begin() {
        this.before = new Map(controls().map((element) => [element, place(element)]));
        this.cells = cells();
        this.moved = {};
        this.frames = 0;
        this.isOn = true;
        const watch = () => { if (this.isOn) { this.look(); this.frames += 1; requestAnimationFrame(watch); } };
        requestAnimationFrame(watch);
      },
      note(name, before, now) {
        if (!before || !now) return;
        const far = Math.max(Math.abs(now[0] - before[0]), Math.abs(now[1] - before[1]));
        // The browser places in steps of 1/64 px, and rounds within a flexible row by one of them.
        if (far > 1 / 64) this.moved[name] = Math.max(far, this.moved[name] ?? 0);
      },
      look() {
        for (const [element, before] of this.before) if (element.isConnected) this.note(name(element), before, place(element));
        const now = cells();
        // Another set of segments is another matrix.
        if ([...now.keys()].join() === [...this.cells.keys()].join()) for (const [cell, at] of now) this.note(cell, this.cells.get(cell), at);
      },
      end() { this.look(); this.isOn = false; return [this.before.size, this.frames, this.moved]; },
    };"#;

const MORE: &str = "[aria-label='One segment more']";
const FEWER: &str = "[aria-label='One segment fewer']";

async fn open(page: &Page) -> Result {
    page.click_words("button", "Mall visitors").await?;
    page.says("use-customers", "Use 200 customers").await?;
    page.click("use-customers").await?;
    page.says("segments", "5").await?;
    page.rest().await?;
    page.script(WATCH, vec![]).await?;
    pause(300).await;
    Ok(())
}

async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

/// Does something, and demands that nothing moves from then until a while after the engine rests.
async fn stands_still(page: &Page, what: &str, act: impl AsyncFnOnce() -> Result) -> Result {
    page.script("window.still.begin()", vec![]).await?;
    act().await?;
    pause(60).await;
    page.rest().await?;
    pause(250).await;
    let seen = page.script("return window.still.end()", vec![]).await?;
    // A phone shows fewer at a time than a desk.
    let least = page.script("return innerWidth < 900 ? 12 : 40", vec![]);
    assert!(
        seen[0].as_u64() > least.await?.as_u64(),
        "{what}: few controls: {seen}"
    );
    assert!(seen[1].as_u64() > Some(5), "{what}: few frames: {seen}");
    assert_eq!(seen[2], serde_json::json!({}), "{what} moves controls");
    Ok(())
}

async fn segment_of(page: &Page) -> Result<usize> {
    Ok(page.part("k").await?.text().await?.parse()?)
}

/// Ten refits, then selections and cards.
async fn check(page: &Page) -> Result {
    open(page).await?;
    for (step, button) in [MORE, MORE, FEWER, FEWER, FEWER].into_iter().enumerate() {
        let what = format!("step {step} of the number of segments");
        stands_still(page, &what, async || page.press(button).await).await?;
    }
    for linkage in [1, 0] {
        let what = format!("linkage {linkage}");
        stands_still(page, &what, async || page.pick("linkage", linkage).await).await?;
    }
    for scaling in [3, 1] {
        let (what, label) = (
            format!("scaling {scaling}"),
            format!(".rail__scaling label:nth-child({scaling}) input"),
        );
        stands_still(page, &what, async || page.press(&label).await).await?;
    }
    stands_still(page, "centres", async || page.pick("centres", 1).await).await?;
    stands_still(page, "undo", async || page.click("undo").await).await?;
    for cell in [".matrix__cell--mismatched", ".matrix__cell--agree"] {
        for times in ["once", "again"] {
            let what = format!("{cell} {times}");
            stands_still(page, &what, async || page.press(cell).await).await?;
        }
    }
    stands_still(page, "a legend entry", async || {
        page.press(".legend__entry").await
    })
    .await?;
    stands_still(page, "Clear", async || {
        page.press(".selection .button").await
    })
    .await?;
    for times in ["on", "off"] {
        let what = format!("a chip {times}");
        stands_still(page, &what, async || {
            page.press(".rail .chips:not(.chips--do) .chip").await
        })
        .await?;
    }
    page.find("[data-row] .table__pick").await?;
    stands_still(page, "a card", async || {
        page.press("[data-row] .table__pick").await
    })
    .await?;
    page.part("inspector-name").await?;
    stands_still(page, "the next card", async || {
        page.press("[data-testid=next-card]").await
    })
    .await?;
    stands_still(page, "a refit with a card", async || page.press(MORE).await).await?;
    stands_still(page, "closing the card", async || {
        page.press(".inspector [aria-label=Close]").await
    })
    .await?;
    assert_eq!(page.console_errors().await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn ten_refits_selections_and_cards_move_no_control() -> Result {
    journey(async |page, _site| check(&page).await).await
}

#[tokio::test]
async fn nor_do_they_in_a_small_window() -> Result {
    journey_at((1024, 768), async |page, _site| check(&page).await).await
}

#[tokio::test]
async fn nor_do_they_on_a_phone() -> Result {
    journey_at((390, 844), async |page, _site| check(&page).await).await
}

#[tokio::test]
async fn five_clicks_at_one_spot_are_five_steps() -> Result {
    const SPOT: &str = "const place = document.querySelector(arguments[0]).getBoundingClientRect();
        return [place.left + place.width / 2, place.top + place.height / 2]";
    journey(async |page, _site| {
        open(&page).await?;
        for between in [250, 100] {
            while segment_of(&page).await? > 5 {
                page.press(FEWER).await?;
            }
            page.rest().await?;
            pause(300).await;
            let spot: Value = page.script(SPOT, vec![MORE.into()]).await?;
            for _ in 0..5 {
                page.press_at(&spot[0], &spot[1]).await?;
                pause(between).await;
            }
            page.says("k", "10").await?;
            page.rest().await?;
            page.says("segments", "10").await?;
        }
        Ok(())
    })
    .await
}

/// What the field shows, whether it is marked, and what the line below says.
async fn field(page: &Page, css: &str) -> Result<(String, bool, String)> {
    const FIELD: &str = "const field = document.querySelector(arguments[0]);
        const note = document.getElementById(field.getAttribute('aria-describedby') ?? '');
        return [field.value, field.getAttribute('aria-invalid') === 'true', note?.innerText ?? '']";
    Ok(serde_json::from_value(
        page.script(FIELD, vec![css.into()]).await?,
    )?)
}

#[tokio::test]
async fn fields_keep_or_refuse_what_is_typed_with_a_reason() -> Result {
    journey(async |page, _site| {
        open(&page).await?;
        page.click_words("button", "Segments").await?;
        page.part("Cost per contact").await?;
        let today = "[data-testid='Response today']";
        let before = field(&page, today).await?;
        for (typed, why) in [
            ("", "Empty"),
            ("  ", "Empty"),
            ("seven", "Not a number"),
            ("9,227", "Write 9227 or 9.227"),
            ("150 %", "Between 0 and 100"),
            ("-3", "Between 0 and 100"),
            ("1e9", "Between 0 and 100"),
        ] {
            stands_still(&page, typed, async || page.set(today, typed).await).await?;
            let said = format!("{why}. {} stays in use.", before.0);
            assert_eq!(field(&page, today).await?, (typed.to_owned(), true, said));
        }
        // The number in use, typed again, restores; another is taken as it is shown.
        page.set(today, &before.0).await?;
        assert_eq!(field(&page, today).await?, before);
        for (typed, shown) in [(" 7,5 ", "7.5"), ("7 %", "7"), ("4.25", "4.25")] {
            page.set(today, typed).await?;
            assert_eq!(
                field(&page, today).await?,
                (shown.to_owned(), false, String::new())
            );
        }
        // An edge that would push the other is refused, and so is what is beyond a column's ends.
        page.click_words("button", "Compare").await?;
        page.click_words("label", "Bands").await?;
        let low = "[data-testid=band-low]";
        page.find(low).await?;
        let medium = field(&page, "[data-testid=band-high]").await?;
        page.set(low, "2000").await?;
        let (shown, is_marked, why) = field(&page, low).await?;
        assert_eq!((shown.as_str(), is_marked), ("2000", true));
        assert!(why.starts_with(&format!("At most {}.", medium.0)), "{why}");
        assert_eq!(field(&page, "[data-testid=band-high]").await?, medium);
        let income = "[aria-label='Annual Income (k$), smallest value, exact']";
        let before = field(&page, income).await?;
        page.set(income, "").await?;
        assert!(field(&page, income).await?.1);
        page.says("customers", "200").await?;
        page.set(income, &before.0).await?;
        // A handle on whole numbers stands on one.
        const DRAG: &str = "const handle = document.querySelector(arguments[0]);
            handle.value = 67.8; handle.dispatchEvent(new Event('input', { bubbles: true }));
            handle.dispatchEvent(new Event('change', { bubbles: true }))";
        let handle = "[aria-label='Annual Income (k$), smallest value']";
        page.script(DRAG, vec![handle.into()]).await?;
        assert_eq!(field(&page, income).await?.0, "68");
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn old_numbers_stay_marked_as_old_until_the_new_are_there() -> Result {
    const SAMPLE: &str = r#"
        const parts = ['customers', 'segments', 'agreement', 'mismatched', 'verdict', 'verdict-sentence', 'noise-sentence', 'choice-of-k'];
        window.gone = new Set(); window.old = false; window.isOn = true;
        const look = () => {
          for (const id of parts)
            if (!document.querySelector(`[data-testid=${id}]`)?.innerText.trim()) window.gone.add(id);
          window.old ||= document.querySelector('[data-testid=verdict-sentence]').matches('.stale, .stale *');
          if (window.isOn) requestAnimationFrame(look);
        };
        look()"#;
    journey(async |page, _site| {
        open(&page).await?;
        page.says("noise-sentence", "mismatch").await?;
        page.says("choice-of-k", "segments").await?;
        page.script(SAMPLE, vec![]).await?;
        for button in [MORE, FEWER] {
            page.press(button).await?;
            pause(100).await;
            page.rest().await?;
        }
        page.click_words("label", "None").await?;
        pause(100).await;
        page.rest().await?;
        pause(200).await;
        let seen = "window.isOn = false; return [[...window.gone], window.old]";
        let seen = page.script(seen, vec![]).await?;
        assert_eq!(seen, serde_json::json!([[], true]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nobody_visible_is_a_state_with_a_way_back() -> Result {
    journey(async |page, _site| {
        open(&page).await?;
        for (column, smallest) in [
            ("Annual Income (k$)", "133"),
            ("Spending Score (1-100)", "99"),
        ] {
            let field = format!("[aria-label='{column}, smallest value, exact']");
            page.set(&field, smallest).await?;
        }
        page.says("customers", "0").await?;
        page.says("agreement", "–").await?;
        page.says("nobody", "No customer passes the filters.")
            .await?;
        // In the plots, the matrix and the list; no index of nobody anywhere.
        assert_eq!(page.texts("[data-testid=nobody]").await?.len(), 3);
        let said = page.texts(".compare__main").await?.concat();
        assert!(!said.contains("Adjusted Rand"), "{said}");
        page.click_words("button", "Segments").await?;
        page.says("nobody", "No customer passes the filters.")
            .await?;
        page.says("advice", "No customer passes the filters.")
            .await?;
        page.press("[data-testid=nobody] button").await?;
        page.click_words("button", "Compare").await?;
        page.says("customers", "200").await?;
        page.says("matrix-total", "200").await?;
        Ok(())
    })
    .await
}
