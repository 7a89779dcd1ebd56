//! Engines that end, hang, or cannot start, and files that are gone: noticed and reported once, and the screen stays complete.

use std::time::{Duration, Instant};

use e2e::{Fault, Page, Result, journey, journey_with};
use serde_json::Value;

/// Lets a page tell its engine to fail: when idle, or at its next message during work.
const SABOTAGE: Fault = Fault::Appended(
    "engine.js",
    "
;{
  const fail = { close: () => self.close(), hang: () => { for (;;); }, break: () => { throw new Error('broken on purpose'); } };
  const post = self.postMessage.bind(self);
  let armed = null, n = 0;
  self.postMessage = (message, ...rest) => {
    post(message, ...rest);
    // Its sign that it heard, then its progress.
    if (armed && ++n === 3) fail[armed]();
  };
  new BroadcastChannel('sabotage').onmessage = ({ data: [when, how] }) => {
    if (when === 'at work') [armed, n] = [how, 0]; else fail[how]();
  };
}",
);

/// Tells the engine to fail; helpers started later do not receive it.
async fn sabotage(page: &Page, when: &str, how: &str) -> Result {
    const TELL: &str = "const [when, how, done] = arguments;
        new BroadcastChannel('sabotage').postMessage([when, how]); setTimeout(done, 100)";
    page.script_async(TELL, vec![when.into(), how.into()])
        .await?;
    Ok(())
}

/// Counts the workers started from here on.
async fn count_starts(page: &Page) -> Result {
    const COUNT: &str = "window.started = 0; const start = spawnEngine;
        globalThis.spawnEngine = () => { window.started++; return start(); }";
    page.script(COUNT, vec![]).await?;
    Ok(())
}

async fn n_started(page: &Page) -> Result<u64> {
    let n = page.script("return window.started", vec![]).await?;
    Ok(n.as_u64().unwrap_or_default())
}

async fn number(page: &Page, id: &str) -> Result<String> {
    Ok(page.part(id).await?.text().await?)
}

/// Customers around six centres.
fn customers(n: usize) -> String {
    let rows = (0..n).map(|i| {
        let (a, b) = ((i * 7919) % 1009, (i * 104_729) % 997);
        format!("c{i},{},{}\n", a + 2_000 * (i % 3), b + 2_500 * (i % 2))
    });
    format!("id,income,spend\n{}", rows.collect::<String>())
}

async fn close_notice(page: &Page) -> Result {
    page.press("[aria-label='Close this message']").await
}

/// Another number of segments and back: the engine answers and has the table.
async fn engine_answers(page: &Page) -> Result {
    let before = [number(page, "agreement").await?, number(page, "k").await?];
    for scaling in ["None", "Z-score"] {
        page.click_words("label", scaling).await?;
        page.rest().await?;
    }
    let after = [number(page, "agreement").await?, number(page, "k").await?];
    assert_eq!(before, after);
    assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
    Ok(())
}

#[tokio::test]
async fn an_engine_that_ends_or_hangs_at_rest_is_replaced_within_five_seconds() -> Result {
    journey_with(Some(SABOTAGE), async |page, _| {
        page.find(".app[data-engine=ready]").await?;
        page.click_words("button", "Mall visitors").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        for how in ["close", "hang", "break"] {
            count_starts(&page).await?;
            let since = Instant::now();
            sabotage(&page, "at rest", how).await?;
            page.says("notice", "started again. Nothing was lost.")
                .await?;
            // A busy machine checks late.
            assert!(
                since.elapsed() < Duration::from_secs(8),
                "{how}: {:?}",
                since.elapsed()
            );
            close_notice(&page).await?;
            engine_answers(&page).await?;
            assert!(n_started(&page).await? >= 1);
        }
        // If it had lived on, it would have answered by now.
        tokio::time::sleep(Duration::from_secs(6)).await;
        assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_engine_that_ends_at_work_is_missed_and_its_work_made_again() -> Result {
    journey_with(Some(SABOTAGE), async |page, _| {
        page.find(".app[data-engine=ready]").await?;
        page.drop_file("many.csv", customers(8_000)).await?;
        page.says("use-customers", "Use 8,000 customers").await?;
        page.rest().await?;
        sabotage(&page, "at work", "close").await?;
        page.click("use-customers").await?;
        page.says("work", "No sign of life from the engine for 5 s")
            .await?;
        page.says("notice", "this step begins anew").await?;
        page.says("customers", "8,000").await?;
        page.rest().await?;
        close_notice(&page).await?;
        engine_answers(&page).await
    })
    .await
}

#[tokio::test]
async fn an_engine_that_hangs_can_be_cancelled_as_soon_as_it_is_noticed() -> Result {
    journey_with(Some(SABOTAGE), async |page, _| {
        page.find(".app[data-engine=ready]").await?;
        page.drop_file("many.csv", customers(8_000)).await?;
        page.says("use-customers", "Use 8,000 customers").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        let before = number(&page, "agreement").await?;
        sabotage(&page, "at work", "hang").await?;
        page.click_words("label", "None").await?;
        let since = Instant::now();
        page.says("work", "No sign of life from the engine").await?;
        assert!(
            since.elapsed() < Duration::from_secs(9),
            "{:?}",
            since.elapsed()
        );
        assert_eq!(
            number(&page, "agreement").await?,
            before,
            "the last result stays"
        );
        page.press(".work .button").await?;
        page.rest().await?;
        engine_answers(&page).await?;
        // An error during work is not silence: it is reported at once, and the request is not repeated.
        sabotage(&page, "at work", "break").await?;
        page.click_words("label", "None").await?;
        page.says("notice", "stopped during this step").await?;
        page.rest().await?;
        assert_eq!(number(&page, "agreement").await?, before);
        page.click_words("label", "Z-score").await?;
        page.rest().await?;
        assert_eq!(number(&page, "agreement").await?, before);
        Ok(())
    })
    .await
}

/// The engine is tried three times, reported once, and tried once more for each request.
async fn cannot_start(page: Page, words: &'static str) -> Result {
    page.says("notice", words).await?;
    count_starts(&page).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(n_started(&page).await?, 0, "it is enough");
    assert_eq!(page.attributes(".app", "data-engine").await?, ["loading"]);
    for n in 1..=2 {
        close_notice(&page).await?;
        page.drop_file("one.csv", "id,a\n1,2\n2,3\n").await?;
        page.says("notice", words).await?;
        page.rest().await?;
        assert_eq!(n_started(&page).await?, n);
    }
    assert_eq!(page.attributes(".app", "data-engine").await?, ["loading"]);
    Ok(())
}

#[tokio::test]
async fn an_engine_that_cannot_start_is_said_and_not_started_for_ever() -> Result {
    let faults = [
        // Its script is truncated.
        Fault::Appended("engine.js", "\n;export function cut("),
        // Its script throws an error.
        Fault::Appended("engine.js", "\n;throw new Error('broken on purpose');"),
        // Its wasm is a different one.
        Fault::Replaced("engine_bg.wasm", b"\0asm\x01\0\0\0"),
    ];
    for fault in faults {
        journey_with(Some(fault), async |page, _| {
            cannot_start(page, "The engine cannot be started").await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_engine_that_never_says_that_it_started_is_no_better() -> Result {
    let mute = Fault::Appended("engine.js", "\n;self.postMessage = () => {};");
    journey_with(Some(mute), async |page, _| {
        page.drop_file("one.csv", "id,a\n1,2\n2,3\n").await?;
        page.says("work", "No sign of life from the engine for 5 s")
            .await?;
        cannot_start(page, "The engine cannot be started").await
    })
    .await
}

#[tokio::test]
async fn an_engine_of_another_build_is_not_spoken_to() -> Result {
    let (sent, build) = std::sync::mpsc::channel();
    journey(async move |page, _| {
        const BUILD: &str = "const [done] = arguments;
            spawnEngine().onmessage = ({ data }) => { if (data.kind === 'ready') done(data.build); }";
        sent.send(page.script_async(BUILD, vec![]).await?)?;
        Ok(())
    })
    .await?;
    let build = build.recv()?;
    let build: [u8; 16] = build.as_str().unwrap_or_default().as_bytes().try_into()?;
    let mut other = build;
    other.reverse();
    assert_ne!(build, other);
    let other = Fault::Changed("engine_bg.wasm", build, other);
    journey_with(Some(other), async |page, _| {
        cannot_start(page, "of another version than this page").await
    })
    .await
}

#[tokio::test]
async fn a_file_that_is_gone_leaves_its_table_and_its_result_in_use() -> Result {
    journey(async |page, _| {
        let file = std::env::temp_dir().join(format!("seamline-lost-{}.csv", std::process::id()));
        std::fs::write(&file, customers(8_000))?;
        page.choose(&file).await?;
        page.says("use-customers", "Use 8,000 customers").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        let exported = exported(&page).await?;
        std::fs::remove_file(&file)?;
        // If it were cancelled, the new engine could not read the file again; nobody needs to know.
        for _ in 0..2 {
            page.click_words("label", "None").await?;
            page.find("[data-testid=work][data-state=running]").await?;
            page.press(".work .button").await?;
            page.rest().await?;
        }
        assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
        engine_answers(&page).await?;
        assert!(
            self::exported(&page).await? == exported,
            "the export is the same"
        );
        // Reading it again needs the file: reported once, and the current choice stays.
        page.click_words("button", "Edit columns").await?;
        let chosen = "return document.querySelector('[data-testid=read-header]').selectedIndex";
        let header = page.script(chosen, vec![]).await?;
        page.pick("read-header", 2).await?;
        page.says("notice", "could not read the file").await?;
        page.rest().await?;
        assert_eq!(page.script(chosen, vec![]).await?, header);
        close_notice(&page).await?;
        page.says("use-customers", "Use 8,000 customers").await?;
        page.click_words("button", "Compare").await?;
        engine_answers(&page).await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

/// What the browser would save.
async fn exported(page: &Page) -> Result<Value> {
    const CATCH: &str = "window.saved = null; const make = window.make ??= URL.createObjectURL;
        URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return make(blob) }";
    const WAIT: &str = "const done = arguments[0];
        const look = () => window.saved ? done(window.saved) : setTimeout(look, 20); look()";
    page.script(CATCH, vec![]).await?;
    page.press("[data-testid=export-segments-csv]").await?;
    page.rest().await?;
    page.script_async(WAIT, vec![]).await
}

#[tokio::test]
async fn a_first_fit_that_is_cancelled_says_so_and_can_be_had_after_all() -> Result {
    journey(async |page, _| {
        page.drop_file("many.csv", customers(8_000)).await?;
        page.says("use-customers", "Use 8,000 customers").await?;
        page.click("use-customers").await?;
        page.says("no-result", "being fitted").await?;
        page.press(".work .button").await?;
        page.says("no-result", "not fitted to the end").await?;
        // The other screen fits it again by itself: cancelling is reported there.
        page.click_words("button", "Segments").await?;
        page.says("no-result", "being fitted").await?;
        page.press(".work .button").await?;
        page.says("no-result", "not fitted to the end").await?;
        page.click("fit-again").await?;
        page.find("[data-testid=profile-A]").await?;
        Ok(())
    })
    .await
}
