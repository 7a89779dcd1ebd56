//! What the browser stores: nothing unless the user asks; after a reload, everything asked for; and a message if it cannot.

use std::time::Duration;

use e2e::{Page, Result, journey};
use serde_json::{Value, json};

/// A file of people.
fn people() -> String {
    let rows = (0..90).map(|i| {
        let (x, y) = (40 * (i % 3) + i * 7 % 11, 30 * (i % 3) + i * 5 % 13);
        format!("p{i},{x},{y}\n")
    });
    format!("id,income,spend\n{}", rows.collect::<String>())
}

/// Names of the page's databases.
async fn databases(page: &Page) -> Result<Value> {
    const LIST: &str = "const done = arguments[0];
        indexedDB.databases().then((all) => done(all.map((one) => one.name)))";
    page.script_async(LIST, vec![]).await
}

/// Chooses what is stored: nothing, decisions, or the file too.
async fn keep(page: &Page, choice: usize) -> Result {
    page.press(&format!(
        "[data-testid=keep] .segmented__option:nth-child({}) input",
        choice + 1
    ))
    .await
}

/// Waits until the page says that it stores this.
async fn keeps(page: &Page, words: &str) -> Result {
    const WAIT: &str = "const [words, done] = arguments;
        const look = () => document.querySelector('[data-testid=kept]').textContent === words ? done(true) : setTimeout(look, 20); look()";
    page.script_async(WAIT, vec![words.into()]).await?;
    Ok(())
}

/// Waits until leaving would lose nothing.
async fn nothing_is_lost(page: &Page) -> Result {
    const WAIT: &str = "const done = arguments[0];
        const look = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true })) ? done(true) : setTimeout(look, 20); look()";
    page.script_async(WAIT, vec![]).await?;
    Ok(())
}

/// The numbers of the comparison, and the names of segments.
async fn shown(page: &Page) -> Result<Value> {
    const SHOWN: &str = "const texts = (css) => [...document.querySelectorAll(css)].map((one) => one.innerText.replace(/\\s+/g, ' ').trim());
        return [texts('.strip__cell'), texts('.legend__entry'), [...document.querySelectorAll('.matrix__cell')].map((one) => one.dataset.count)]";
    page.part("matrix-total").await?;
    page.rest().await?;
    page.script(SHOWN, vec![]).await
}

/// Counts from now on how often the page writes.
const COUNT: &str = "const put = IDBObjectStore.prototype.put; window.written = 0;
    IDBObjectStore.prototype.put = function (...given) { window.written += 1; return put.apply(this, given) }";

async fn has_offer(page: &Page) -> Result<bool> {
    let offers = page.texts("[data-testid=go-on]").await?;
    Ok(!offers.is_empty())
}

#[tokio::test]
async fn what_is_asked_for_is_there_after_a_reload_and_gone_when_it_is_forgotten() -> Result {
    journey(async |page, _site| {
        page.drop_file("people.csv", people()).await?;
        page.says("use-customers", "Use 90 customers").await?;
        page.click("use-customers").await?;
        shown(&page).await?;
        keeps(&page, "nothing").await?;
        assert_eq!(databases(&page).await?, json!([]), "nobody asked");
        page.script(COUNT, vec![]).await?;
        // The decisions without the file.
        keep(&page, 1).await?;
        keeps(&page, "your decisions on people.csv").await?;
        page.press("[aria-label='One segment more']").await?;
        page.set("[aria-label='income, smallest value, exact']", "3")
            .await?;
        let before = shown(&page).await?;
        nothing_is_lost(&page).await?;
        let written = page.script("return window.written", vec![]).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let written_later = page.script("return window.written", vec![]).await?;
        assert_eq!(
            written_later, written,
            "nothing is decided, so nothing is written"
        );
        page.reload().await?;
        page.says(
            "go-on",
            "Your decisions on people.csv with 90 rows are kept",
        )
        .await?;
        // Another file can be opened, and does not replace what is stored before something is decided on it.
        page.drop_file("other.csv", "id,a\n1,2\n2,3\n3,5\n").await?;
        page.says("use-customers", "Use 3 customers").await?;
        page.rest().await?;
        assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
        keeps(&page, "your decisions on people.csv").await?;
        page.drop_file("people.csv", people()).await?;
        assert_eq!(shown(&page).await?, before);
        // And with the file.
        keep(&page, 2).await?;
        keeps(&page, "your decisions on people.csv, and the file").await?;
        page.press("[aria-label='One segment fewer']").await?;
        let before = shown(&page).await?;
        nothing_is_lost(&page).await?;
        page.reload().await?;
        page.says("go-on", "Go on with people.csv").await?;
        page.press("[data-testid=go-on] button").await?;
        assert_eq!(shown(&page).await?, before);
        page.reload().await?;
        page.says("go-on", "Go on with people.csv").await?;
        // A demo file needs no stored file to continue.
        page.click_words("button", "Mall visitors").await?;
        page.click("use-customers").await?;
        shown(&page).await?;
        page.press("[aria-label='One segment more']").await?;
        keeps(&page, "your decisions on sample_mall_visitors.csv").await?;
        let before = shown(&page).await?;
        nothing_is_lost(&page).await?;
        page.reload().await?;
        page.says("go-on", "Go on with sample_mall_visitors.csv")
            .await?;
        page.press("[data-testid=go-on] button").await?;
        assert_eq!(shown(&page).await?, before);
        // Everything is deleted.
        page.press("[data-testid=forget]").await?;
        keeps(&page, "nothing").await?;
        assert_eq!(databases(&page).await?, json!([]));
        page.press("[aria-label='One segment fewer']").await?;
        shown(&page).await?;
        page.reload().await?;
        keeps(&page, "nothing").await?;
        assert!(!has_offer(&page).await?);
        assert_eq!(databases(&page).await?, json!([]), "looking leaves nothing");
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

/// Ways in which a browser refuses storage: the cause, and the message of the page.
const REFUSALS: [(&str, &str); 6] = [
    (
        "Object.defineProperty(window, 'indexedDB', { get: () => undefined })",
        "offers no storage",
    ),
    (
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })",
        "does not let the page keep anything",
    ),
    (
        "IDBFactory.prototype.open = () => {
            const request = new EventTarget();
            request.error = new DOMException('no', 'InvalidStateError');
            setTimeout(() => request.onerror(new Event('error')));
            return request }",
        "does not let the page keep anything",
    ),
    (
        "IDBFactory.prototype.open = () => new EventTarget()",
        "does not answer",
    ),
    (
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "is full",
    ),
    (
        "const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) { const asked = put.apply(this, given); this.transaction.abort(); return asked }",
        "failed",
    ),
];

#[tokio::test]
async fn a_browser_that_keeps_nothing_is_named_once_and_the_app_goes_on() -> Result {
    journey(async |page, _site| {
        for (refusal, words) in REFUSALS {
            let injected = page.inject(refusal).await?;
            page.reload().await?;
            assert_eq!(page.texts("[data-testid=notice]").await?, [""], "{words}");
            page.drop_file("people.csv", people()).await?;
            page.click("use-customers").await?;
            let before = shown(&page).await?;
            for choice in [1, 2] {
                keep(&page, choice).await?;
                page.says("notice", words).await?;
                page.press("[aria-label='Close this message']").await?;
            }
            page.press("[aria-label='One segment more']").await?;
            assert_ne!(shown(&page).await?, before);
            page.press("[aria-label='One segment fewer']").await?;
            assert_eq!(shown(&page).await?, before);
            assert_eq!(page.texts("[data-testid=notice]").await?, [""], "{words}");
            keeps(&page, "nothing").await?;
            page.withdraw(injected).await?;
        }
        // The browser works again, and so does the choice.
        page.reload().await?;
        page.drop_file("people.csv", people()).await?;
        page.click("use-customers").await?;
        shown(&page).await?;
        keep(&page, 2).await?;
        keeps(&page, "your decisions on people.csv, and the file").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_kept_and_is_damaged_is_not_used() -> Result {
    journey(async |page, _site| {
        for (harm, words) in [
            ("kept.slice(0, kept.length / 2)", "is damaged"),
            ("kept.map((byte, i) => i ? byte : 255 - byte)", "another version of Seamline"),
        ] {
            page.drop_file("people.csv", people()).await?;
            page.click("use-customers").await?;
            shown(&page).await?;
            keep(&page, 1).await?;
            keeps(&page, "your decisions on people.csv").await?;
            nothing_is_lost(&page).await?;
            let change = format!(
                "const done = arguments[0], opening = indexedDB.open('seamline', 1);
                opening.onsuccess = () => {{
                    const change = opening.result.transaction('kept', 'readwrite'), store = change.objectStore('kept');
                    const asked = store.get('session');
                    asked.onsuccess = () => {{ const kept = asked.result; store.put({harm}, 'session') }};
                    change.oncomplete = () => {{ opening.result.close(); done() }};
                }}"
            );
            page.script_async(&change, vec![]).await?;
            page.reload().await?;
            page.says("notice", words).await?;
            page.click_words("button", "Mall visitors").await?;
            page.click("use-customers").await?;
            shown(&page).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_file_takes_the_place_of_unsaved_decisions_when_the_user_says_so() -> Result {
    journey(async |page, _site| {
        let other = "id,a\n1,2\n2,3\n3,5\n";
        page.drop_file("people.csv", people()).await?;
        page.says("use-customers", "Use 90 customers").await?;
        // Nothing is decided, so nobody is asked.
        page.drop_file("other.csv", other).await?;
        page.says("use-customers", "Use 3 customers").await?;
        page.drop_file("people.csv", people()).await?;
        page.says("use-customers", "Use 90 customers").await?;
        page.click("use-customers").await?;
        shown(&page).await?;
        page.press("[aria-label='One segment more']").await?;
        let before = shown(&page).await?;
        page.drop_file("other.csv", other).await?;
        let words = page.answer(false).await?;
        assert!(words.contains("Your decisions on people.csv"), "{words}");
        assert_eq!(shown(&page).await?, before);
        // The browser stores them until something is decided on the other file, which is no reason not to ask.
        keep(&page, 1).await?;
        keeps(&page, "your decisions on people.csv").await?;
        page.drop_file("other.csv", other).await?;
        page.answer(true).await?;
        page.says("use-customers", "Use 3 customers").await
    })
    .await
}

#[tokio::test]
async fn what_another_tab_forgets_is_not_kept_again() -> Result {
    // As another tab does it: what is kept is removed, this page hears nothing of it.
    const FORGET: &str = "const done = arguments[0];
        const opening = indexedDB.open('seamline', 1);
        opening.onsuccess = () => {
            const database = opening.result;
            const cleared = database.transaction('kept', 'readwrite');
            cleared.objectStore('kept').clear();
            cleared.oncomplete = () => { database.close(); done(true); };
        }";
    const KEPT: &str = "const done = arguments[0];
        const opening = indexedDB.open('seamline', 1);
        opening.onupgradeneeded = () => opening.transaction.abort();
        opening.onerror = () => done(0);
        opening.onsuccess = () => {
            const database = opening.result;
            const counting = database.transaction('kept').objectStore('kept').count();
            counting.onsuccess = () => { database.close(); done(counting.result); };
        }";
    journey(async |page, _site| {
        page.drop_file("people.csv", people()).await?;
        page.says("use-customers", "Use 90 customers").await?;
        page.click("use-customers").await?;
        shown(&page).await?;
        keep(&page, 2).await?;
        keeps(&page, "your decisions on people.csv, and the file").await?;
        nothing_is_lost(&page).await?;
        page.script_async(FORGET, vec![]).await?;
        page.press("[aria-label='One segment more']").await?;
        keeps(&page, "nothing").await?;
        page.press("[aria-label='One segment more']").await?;
        shown(&page).await?;
        assert_eq!(page.script_async(KEPT, vec![]).await?, json!(0));
        // Asked for again, it is kept again, with the file.
        keep(&page, 2).await?;
        keeps(&page, "your decisions on people.csv, and the file").await?;
        assert_eq!(page.script_async(KEPT, vec![]).await?, json!(2));
        Ok(())
    })
    .await
}
