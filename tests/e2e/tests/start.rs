//! The first screen does all it can while, or although, the rest of the app is not there.

use e2e::{Browser, Fault, Page, Result, Site};

#[tokio::test]
async fn the_first_screen_waits_for_the_rest_and_needs_none_of_it() -> Result {
    let site = Site::start_with(Some(Fault::Silent("_rest.wasm")))?;
    let browser = Browser::start(1440, 900).await?;
    let page = Page::load(&browser.driver, &site).await?;
    let walked = tokio::spawn(walk(page)).await;
    browser.driver.clone().quit().await?;
    let requests = site.requests();
    assert!(
        requests.iter().any(|path| path.ends_with("_rest.wasm")),
        "{requests:?}"
    );
    walked?
}

#[tokio::test]
async fn nothing_waits_for_an_engine_that_never_comes() -> Result {
    for missing in ["_rest.wasm", "engine_bg.wasm", "engine.js"] {
        let site = Site::start_with(Some(Fault::Missing(missing)))?;
        let browser = Browser::start(1440, 900).await?;
        let page = Page::load(&browser.driver, &site).await?;
        let asked = tokio::spawn(ask(page)).await;
        browser.driver.clone().quit().await?;
        asked??;
    }
    Ok(())
}

/// Whoever asks for something is told.
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

/// Everything that can be done before there is a table.
async fn walk(page: Page) -> Result {
    for theme in ["dark", "light"] {
        page.press(&format!("[aria-label='Use the {theme} theme']"))
            .await?;
        page.find(&format!("[data-theme={theme}]")).await?;
    }
    page.press(".privacy-link").await?;
    page.find("dialog[open]").await?;
    page.press("dialog[open] .button").await?;
    page.find("dialog:not([open])").await?;
    page.press(".brand").await?;
    // What is no file is named; keys do nothing yet.
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
        for key_name in ["Escape", "Escape", "m", "n", "1", "2", "3"] {
            page.script(key, vec![key_name.into()]).await?;
        }
        assert_eq!(page.texts("[data-testid=notice]").await?, [""]);
    }
    // A table, a file and a sample are asked for, wait, and are given up again.
    page.click_words("button", "Paste a table").await?;
    page.set("#pasted", "id,a\n1,2\n2,3").await?;
    page.click_words("button", "Read the pasted table").await?;
    give_up(&page).await?;
    page.drop_file("one.csv", "id,a\n1,2\n2,3\n").await?;
    page.click_words("button", "Mall visitors").await?;
    give_up(&page).await?;
    page.find(".start").await?;
    // Nothing trapped.
    assert_eq!(page.console_errors().await?, [""; 0]);
    Ok(())
}

async fn give_up(page: &Page) -> Result {
    page.find("[data-testid=work][data-state=running]").await?;
    page.press(".work .button").await?;
    page.rest().await
}
