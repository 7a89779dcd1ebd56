//! Every decision can be undone and redone, and the screens are the same at every step.

use e2e::{Page, Result, journey};
use serde_json::Value;

/// A user's action that decides something.
#[derive(Clone, Copy)]
enum Deed {
    /// Clicks the matching element.
    Press(&'static str),
    /// Chooses an option by position.
    Pick(&'static str, u64),
    /// Enters a value into a field.
    Set(&'static str, &'static str),
    /// Drags a handle through these values.
    Drag(&'static str, [u32; 3]),
    /// Applies rules.
    Rules(&'static str),
}

use Deed::{Drag, Pick, Press, Rules, Set};

const RULES: &str = "for,column,level,other_column,other_level,action,why
segment,income,high,,,Call them,They earn most
segment,,,,,Write to them,It costs little
contested,,,,,Ask them,They stand between two segments
";

/// The user's names and numbers, on the segments screen.
const PLANS: [Deed; 8] = [
    Set("[data-testid=profile-A] input", "Savers"),
    Set("[data-testid=profile-B] input", "Spenders"),
    Set("[data-testid=profile-A] input", "Careful"),
    Set("[data-testid='Margin per response']", "41"),
    Set("[data-testid='Cost per contact']", "3"),
    Set("[data-testid='Response today']", "2.5"),
    Set("[data-testid='Response with the action']", "12"),
    Rules(RULES),
];
/// The mixture, whose evidence takes the longest, is compared only in the steps that are about three models.
const TWO_MODELS: [Deed; 1] = [Press("[data-testid=model-gaussian_mixture]")];
/// Models, filters, plots, bands and features, on the comparison screen.
const CHOICES: [Deed; 32] = [
    Press("[data-testid=model-gaussian_mixture]"),
    Pick("pair", 1),
    Pick("covariance", 1),
    Press("[data-testid=model-gaussian_mixture]"),
    Pick("centres", 1),
    Pick("linkage", 1),
    Pick("metric", 1),
    // Few segments: the evidence about every pair of them is waited for at every stop.
    Press("[aria-label='One segment fewer']"),
    Press("[aria-label='One segment fewer']"),
    Press("[aria-label='One segment more']"),
    Pick("own-k-hierarchical", 4),
    Drag(
        "[aria-label='Annual Income (k$), smallest value']",
        [20, 24, 28],
    ),
    Drag(
        "[aria-label='Spending Score (1-100), largest value']",
        [90, 86, 82],
    ),
    Set(
        "[aria-label='Annual Income (k$), smallest value, exact']",
        "20",
    ),
    Press("[aria-label='Filter by Gender'] .chip"),
    Press("[data-testid=clear-filters]"),
    Press("[aria-label='Filter by Gender'] .chip:last-child"),
    Press("[aria-label^='Bands of'] .chip"),
    Pick("axis-x", 2),
    Pick("axis-y", 0),
    Pick("band-column", 0),
    Set("[data-testid=band-low]", "30"),
    Set("[data-testid=band-high]", "50"),
    Press(".rail__scaling label:nth-child(2) input"),
    Press(".rail .check[title=Age] input"),
    Press("[data-testid=derive-add]"),
    Press(".rail__scaling label:nth-child(1) input"),
    Press("[data-testid=model-gaussian_mixture]"),
    Press("[data-testid=model-k_means]"),
    Press("[data-testid=clear-filters]"),
    Press("[data-testid=model-k_means]"),
    Press("[data-testid=model-gaussian_mixture]"),
];
/// Roles of columns and reading options, on the data screen.
const READING: [Deed; 5] = [
    Press("[aria-label='Role of Gender'] label:nth-child(2) input"),
    Pick("read-decimal", 1),
    Press("[aria-label='How the category becomes numbers'] label:nth-child(2) input"),
    Pick("read-decimal", 0),
    Press("[aria-label='Role of VisitorID'] label:last-child input"),
];
/// Repeats earlier decisions.
const LAST: [Deed; 2] = [
    Press("[aria-label='One segment more']"),
    Press("[data-testid=model-gaussian_mixture]"),
];

/// All actions in order, with the key of their screen.
fn deeds() -> Vec<(&'static str, Deed)> {
    let on = |key: &'static str, deeds: &[Deed]| -> Vec<(&'static str, Deed)> {
        deeds.iter().map(|deed| (key, *deed)).collect()
    };
    [
        on("2", &TWO_MODELS),
        on("3", &PLANS),
        on("2", &CHOICES),
        on("1", &READING),
        on("2", &LAST),
    ]
    .concat()
}

async fn key(page: &Page, key: &str, has_control: bool, has_shift: bool) -> Result {
    const PRESS: &str = "document.activeElement?.blur(); const [key, ctrlKey, shiftKey] = arguments;
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, shiftKey, bubbles: true, cancelable: true }))";
    let arguments = vec![key.into(), has_control.into(), has_shift.into()];
    page.script(PRESS, arguments).await?;
    Ok(())
}

/// Goes to a screen and waits until it is complete.
async fn go_to(page: &Page, key_of_screen: &str) -> Result {
    key(page, key_of_screen, false, false).await?;
    let place = match key_of_screen {
        "1" => ".review",
        "2" => "[data-testid=matrix-total]",
        _ => ".profiles tbody",
    };
    page.find(place).await?;
    page.rest().await?;
    // Parts of a screen appear one after another.
    const STILL: &str = "const done = arguments[0]; let timer;
        const wait = () => { clearTimeout(timer); timer = setTimeout(() => { watch.disconnect(); done(true) }, 60) };
        const watch = new MutationObserver(wait);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true }); wait()";
    page.script_async(STILL, vec![]).await?;
    Ok(())
}

async fn act(page: &Page, deed: Deed) -> Result {
    match deed {
        Press(css) => {
            if css.contains("derive-add") {
                page.press("[data-testid=derive]").await?;
            }
            page.press(css).await
        }
        Pick(id, option) => page.pick(id, option).await,
        Set(css, value) => page.set(css, value).await,
        Drag(css, values) => {
            const DRAG: &str = "const [css, values] = arguments, handle = document.querySelector(css);
                for (const value of values) { handle.value = value; handle.dispatchEvent(new Event('input', { bubbles: true })) }
                handle.dispatchEvent(new Event('change', { bubbles: true }))";
            page.find(css).await?;
            let arguments = vec![css.into(), values.to_vec().into()];
            page.script(DRAG, arguments).await?;
            Ok(())
        }
        Rules(text) => {
            page.set("[data-testid=rules]", text).await?;
            page.press("[data-testid=use-rules]").await
        }
    }
}

/// The labels of the undo and redo buttons.
async fn steps(page: &Page) -> Result<[String; 2]> {
    const TIPS: &str =
        "return ['undo', 'redo'].map((id) => document.querySelector(`[data-testid=${id}]`).title)";
    Ok(serde_json::from_value(page.script(TIPS, vec![]).await?)?)
}

/// Catches what the browser would save.
const CATCH: &str = "const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return make(blob) }";

/// A saved file.
async fn saved(page: &Page, id: &str) -> Result<Value> {
    const SAVE: &str = "const [id, done] = arguments; window.saved = null;
        document.querySelector(`[data-testid=${id}]`).click();
        const look = () => window.saved ? done(window.saved) : setTimeout(look, 10); look()";
    let saved = page.script_async(SAVE, vec![id.into()]).await?;
    page.rest().await?;
    Ok(saved)
}

/// Everything on the screens, and the saved file.
async fn stop(page: &Page) -> Result<Value> {
    const COMPARED: &str = "const texts = (css) => [...document.querySelectorAll(css)].map((one) => one.innerText.replace(/\\s+/g, ' ').trim());
        const fields = [...document.querySelectorAll('.rail input, .rail select, .axes select, [data-testid=pair]')];
        const entered = fields.map((one) => ['checkbox', 'radio'].includes(one.type) ? one.checked : one.value);
        const counts = [...document.querySelectorAll('.matrix__cell')].map((one) => one.dataset.count);
        return [texts('.strip__cell'), texts('.legend__entry'), texts('.plot__head'), texts('.matrix__note'), texts('.rail .chip'), entered, counts]";
    const READ: &str = "const fields = [...document.querySelectorAll('.review select, .review input')];
        return fields.map((one) => ['checkbox', 'radio'].includes(one.type) ? one.checked : one.value)";
    const LISTED: &str = "const rows = [...document.querySelectorAll('.virtual tr, .band-table tr')];
        return [rows.map((one) => one.innerText.replace(/\\s+/g, ' ').trim()), [...document.querySelectorAll('.bands__edit input')].map((one) => one.value)]";
    const PROFILED: &str = "const texts = (css) => [...document.querySelectorAll(css)].map((one) => one.innerText.replace(/\\s+/g, ' ').trim());
        return [texts('.profiles tr'), [...document.querySelectorAll('.profile__rename, .advice input, .advice textarea')].map((one) => one.value), texts('[data-testid=advice], .sum')]";
    go_to(page, "1").await?;
    let mut shown = vec![page.script(READ, vec![]).await?];
    go_to(page, "2").await?;
    shown.push(page.script(COMPARED, vec![]).await?);
    for (label, part) in [("List", ".virtual tbody"), ("Bands", ".band-table")] {
        page.click_words("label", label).await?;
        page.find(part).await?;
        shown.push(page.script(LISTED, vec![]).await?);
    }
    go_to(page, "3").await?;
    page.find(".advice").await?;
    shown.push(page.script(PROFILED, vec![]).await?);
    shown.push(saved(page, "export-segments-csv").await?);
    assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
    Ok(shown.into())
}

#[tokio::test]
async fn forty_decisions_are_undone_and_decided_again() -> Result {
    journey(async |page, _site| {
        page.script(CATCH, vec![]).await?;
        page.click_words("button", "Mall visitors").await?;
        page.part("use-customers").await?;
        assert!(!asks_on_leaving(&page).await?, "nothing is decided yet");
        let deeds = deeds();
        assert!(deeds.len() >= 40);
        let mut stops = vec![stop(&page).await?];
        let mut tips = vec![steps(&page).await?];
        assert_eq!(tips[0], ["Nothing to undo", "Nothing to redo"]);
        for (at, (screen, deed)) in deeds.iter().enumerate() {
            go_to(&page, screen).await?;
            act(&page, *deed).await?;
            page.rest().await?;
            let stop = stop(&page).await;
            stops.push(stop.map_err(|error| format!("after deed {at}: {error}"))?);
            tips.push(steps(&page).await?);
            assert_ne!(tips[at][0], tips[at + 1][0], "deed {at} is a step");
            assert_ne!(stops[at], stops[at + 1], "deed {at} is seen");
        }
        assert!(asks_on_leaving(&page).await?, "all of that would be lost");
        let n = deeds.len();
        for at in (0..n).rev() {
            // By button and by key, on any screen.
            if at % 2 == 0 {
                page.press("[data-testid=undo]").await?;
            } else {
                go_to(&page, ["1", "2", "3"][at % 3]).await?;
                key(&page, "z", true, false).await?;
            }
            // Every other step is looked at here, and those between them on the way forward: every one of them once.
            if at % 2 == 0 {
                page.rest().await?;
                same(&stop(&page).await?, &stops[at], &format!("undone to {at}"));
            }
            assert_eq!(steps(&page).await?[0], tips[at][0]);
        }
        assert_eq!(steps(&page).await?[0], "Nothing to undo");
        assert!(
            !asks_on_leaving(&page).await?,
            "nothing is decided any more"
        );
        for (at, wanted) in stops.iter().enumerate().skip(1) {
            match at % 3 {
                0 => page.press("[data-testid=redo]").await?,
                1 => key(&page, "Z", true, true).await?,
                _ => key(&page, "y", true, false).await?,
            }
            if at % 2 == 1 || at == n {
                page.rest().await?;
                let found = stop(&page).await?;
                same(&found, wanted, &format!("decided again to {at}"));
            }
        }
        assert_eq!(steps(&page).await?[1], "Nothing to redo");
        // Saved, reloaded and opened.
        let project = saved(&page, "export-seamline-json").await?;
        page.reload().await?;
        page.script(CATCH, vec![]).await?;
        page.drop_file("forty.seamline.json", project.as_str().unwrap_or_default())
            .await?;
        // It opens on the last screen, the segments.
        page.find(".profiles tbody").await?;
        page.rest().await?;
        same(&stop(&page).await?, &stops[n], "opened again");
        assert_eq!(saved(&page, "export-seamline-json").await?, project);
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

/// Two stops are equal, or the first value that differs is named.
fn same(found: &Value, wanted: &Value, what: &str) {
    match (found, wanted) {
        (Value::Array(found), Value::Array(wanted)) if found.len() == wanted.len() => {
            for (at, (found, wanted)) in found.iter().zip(wanted).enumerate() {
                same(found, wanted, &format!("{what}, {at}"));
            }
        }
        _ => assert_eq!(found, wanted, "{what}"),
    }
}

/// Whether the browser would ask before the page is left.
async fn asks_on_leaving(page: &Page) -> Result<bool> {
    const LEAVE: &str = "const event = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(event); return event.defaultPrevented";
    Ok(page.script(LEAVE, vec![]).await? == true)
}

#[tokio::test]
async fn screens_are_in_the_history_of_the_browser() -> Result {
    journey(async |page, site| {
        let place = async |page: &Page| -> Result<(String, String)> {
            let script = "return [location.hash, document.title]";
            Ok(serde_json::from_value(page.script(script, vec![]).await?)?)
        };
        let of = |hash: &str, title: &str| (hash.to_owned(), title.to_owned());
        assert_eq!(place(&page).await?, of("", "Seamline"));
        page.click_words("button", "Mall visitors").await?;
        page.part("use-customers").await?;
        let file = "sample_mall_visitors.csv";
        assert_eq!(place(&page).await?, of("#data", &format!("{file} - Data - Seamline")));
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        let compare = of("#compare", &format!("{file} - Compare - Seamline"));
        assert_eq!(place(&page).await?, compare);
        page.click_words("button", "Segments").await?;
        page.part("profile-A").await?;
        page.rest().await?;
        assert_eq!(place(&page).await?.0, "#segments");
        let entries = page.script("return history.length", vec![]).await?;
        for (go, part, hash) in [
            ("history.back()", "mismatched", "#compare"),
            ("history.back()", "use-customers", "#data"),
            ("history.back()", "drop", ""),
            ("history.go(2)", "mismatched", "#compare"),
            ("history.forward()", "profile-A", "#segments"),
            ("location.hash = '#compare'", "mismatched", "#compare"),
            ("location.hash = '#data'", "use-customers", "#data"),
            ("history.back()", "mismatched", "#compare"),
        ] {
            page.script(go, vec![]).await?;
            page.part(part).await?;
            assert_eq!(place(&page).await?.0, hash, "{go}");
        }
        // Switching back and forth makes no history entries; entering a name does.
        let after = page.script("return history.length", vec![]).await?;
        assert_eq!(after.as_u64(), entries.as_u64().map(|n| n + 2));
        // An invalid name is corrected. Data never go into the address or a request.
        let loaded = site.requests().len();
        for go in [
            "location.hash = '#customer-46'",
            "history.pushState(null, '', '?customer=46')",
            "location.href = '/leak?customer=46'",
            "const link = document.createElement('a'); link.href = '/leak?customer=46'; link.click()",
        ] {
            page.script(go, vec![]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            assert_eq!(place(&page).await?, compare, "{go}");
            let search = page.script("return location.search", vec![]).await?;
            assert_eq!(search, "", "{go}");
        }
        assert_eq!(site.requests().len(), loaded);
        // After a reload the page has no file: every name leads to the start.
        let again = "setTimeout(() => location.reload())";
        page.script(again, vec![]).await?;
        page.find(".start").await?;
        page.find(".app[data-engine=ready]").await?;
        assert_eq!(place(&page).await?, of("", "Seamline"));
        page.script("history.back()", vec![]).await?;
        page.find(".start").await?;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert_eq!(place(&page).await?.0, "");
        Ok(())
    })
    .await
}
