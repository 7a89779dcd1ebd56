//! The first screen works before the app is ready, and says so if the app never is.

use e2e::{Browser, Fault, Page, Result, Site, journey_with};

/// The app's own wasm.
const APP: &str = "app-*_bg.wasm";

#[tokio::test]
async fn the_first_screen_works_before_the_app_is_there() -> Result {
    let site = Site::start_with(Some(Fault::Late(APP, 5)))?;
    let browser = Browser::start(1440, 900).await?;
    let page = Page::load(&browser.driver, &site).await?;
    let walked = tokio::spawn(walk(page)).await;
    browser.driver.clone().quit().await?;
    walked?
}

#[tokio::test]
async fn nothing_waits_for_an_engine_that_never_comes() -> Result {
    for missing in ["engine_bg.wasm", "engine.js"] {
        journey_with(Some(Fault::Missing(missing)), async |page, _| {
            ask(page).await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_app_that_never_comes_is_said_and_nothing_else() -> Result {
    let faults = [
        Fault::Missing(APP),
        Fault::Missing("app-*.js"),
        Fault::Replaced(APP, b"\0asm\x01\0\0\0 and no more"),
    ];
    for fault in faults {
        let site = Site::start_with(Some(fault))?;
        let browser = Browser::start(1440, 900).await?;
        browser.driver.goto(site.address()).await?;
        let page = Page::of(&browser.driver);
        let said = page.find("#failed:not([hidden])").await?.text().await?;
        let shown = page.find("body").await?.text().await?;
        browser.driver.clone().quit().await?;
        assert!(said.starts_with("The app could not start"), "{said}");
        assert_eq!(shown.trim(), said, "{fault:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_script_that_never_comes_is_said_above_everything() -> Result {
    let site = Site::start_with(Some(Fault::Missing("boot-*.js")))?;
    let browser = Browser::start(1440, 900).await?;
    browser.driver.goto(site.address()).await?;
    let page = Page::of(&browser.driver);
    let said = page.says("script-missing", "reload the page").await;
    let on_top = "return document.elementFromPoint(innerWidth / 2, innerHeight / 2).id";
    let on_top = page.script(on_top, vec![]).await?;
    browser.driver.clone().quit().await?;
    said?;
    assert_eq!(on_top, "script-missing");
    Ok(())
}

#[tokio::test]
async fn without_scripts_one_sentence_says_what_is_needed() -> Result {
    let site = Site::start()?;
    let browser = Browser::start(1440, 900).await?;
    let off = serde_json::json!({ "value": true });
    let tools = browser.driver.cdp();
    tools
        .send_raw("Emulation.setScriptExecutionDisabled", off)
        .await?;
    browser.driver.goto(site.address()).await?;
    let body = Page::of(&browser.driver).find("body").await?.text().await?;
    browser.driver.clone().quit().await?;
    assert_eq!(
        body.trim(),
        "This page needs JavaScript and WebAssembly. It runs on your computer only."
    );
    Ok(())
}

/// Every request gets a message.
async fn ask(page: Page) -> Result {
    is_told(&page).await?;
    page.drop_file("one.csv", "id,a\n1,2\n2,3\n").await?;
    is_told(&page).await?;
    page.click_words("button", "Mall visitors").await?;
    is_told(&page).await
}

async fn is_told(page: &Page) -> Result {
    page.says("notice", "could not be loaded").await?;
    page.rest().await?;
    page.press("[aria-label='Close this message']").await
}

/// Everything that can be done before the app is ready, and its result.
async fn walk(page: Page) -> Result {
    for theme in ["dark", "light"] {
        page.press(&format!("[aria-label='Use the {theme} theme']"))
            .await?;
        page.find(&format!("[data-theme={theme}]")).await?;
    }
    page.press(".privacy-link").await?;
    page.find("dialog[open] .privacy").await?;
    page.press("dialog[open] .button").await?;
    page.find(".start__aside .privacy").await?;
    page.press(".brand").await?;
    // A table, a sample and two files are requested: the last request counts.
    page.click_words("button", "Paste a table").await?;
    page.set("#pasted", "id,a\n1,2\n2,3").await?;
    page.click_words("button", "Read the pasted table").await?;
    page.click_words("button", "Mall visitors").await?;
    page.drop_file("one.csv", "id,a\n1,2\n2,3\n").await?;
    page.drop_file("other.csv", "id,a\n1,2\n2,3\n3,5\n").await?;
    let waiting = page.find("#waiting:not([hidden])").await?.text().await?;
    assert_eq!(waiting, "Read as soon as the app has loaded: other.csv");
    // All of this before the app's wasm arrived, which was requested only after the first paint.
    let is_early = "const wasm = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm'));
        return !bootTimes.compiled && wasm.every(({ startTime, initiatorType }) => initiatorType === 'link' || startTime > bootTimes.painted)";
    assert_eq!(page.script(is_early, vec![]).await?, true);
    page.says("use-customers", "Use 3 customers").await?;
    page.rest().await?;
    page.find("#waiting[hidden]").await?;
    // A drop without a file is reported.
    let drop = "const transfer = new DataTransfer();
        if (arguments[0] === 'two') for (const name of ['a.csv', 'b.csv']) transfer.items.add(new File(['x,y\\n1,2'], name));
        if (arguments[0] === 'link') transfer.items.add('https://example.org/customers.csv', 'text/uri-list');
        for (const kind of ['dragover', 'dragleave', 'dragover', 'drop'])
            document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }))";
    let key = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true }))";
    for (what, words) in [
        ("two", "Several files"),
        ("link", "That is a link"),
        ("none", "That was no file"),
    ] {
        page.script(drop, vec![what.into()]).await?;
        page.says("notice", words).await?;
        page.script(key, vec!["Escape".into()]).await?;
        assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
    }
    // No wasm trap or other error.
    assert_eq!(page.console_errors().await?, [""; 0]);
    Ok(())
}
