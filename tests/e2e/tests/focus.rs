//! The focus stays near where it was when the element that has it goes away.

use e2e::{Page, Result, journey};

/// Presses an element that has the focus, and waits until something of the page has it.
async fn press_focused(page: &Page, css: &str) -> Result<String> {
    const PRESS: &str = "const [css, done] = arguments, button = document.querySelector(css);
        button.focus();
        button.click();
        const look = (n) => {
            const now = document.activeElement;
            const isGone = !button.isConnected || button.disabled || button.getClientRects().length === 0;
            if (isGone && now !== button && now !== null && now !== document.body) return done(now.tagName + ' ' + now.className);
            n > 0 ? setTimeout(() => look(n - 1), 50) : done('nothing');
        };
        look(100)";
    page.find(css).await?;
    let has = page.script_async(PRESS, vec![css.into()]).await?;
    page.rest().await?;
    Ok(has.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_focus_stays_in_the_page_when_its_place_goes() -> Result {
    journey(async |page, _site| {
        for (css, what) in [
            ("[data-demo=mall_visitors]", "MAIN review"),
            ("[data-testid=use-customers]", "MAIN compare__main"),
            ("[data-testid=derive]", ""),
        ] {
            let has = press_focused(&page, css).await?;
            assert!(has != "nothing" && has.starts_with(what), "{css}: {has}");
        }
        page.press("[data-row] .table__pick").await?;
        page.part("inspector-name").await?;
        let has = press_focused(&page, ".inspector [aria-label=Close]").await?;
        assert_eq!(has, "BUTTON table__pick", "closing a card");
        page.press(".rail .chips:not(.chips--do) .chip").await?;
        let has = press_focused(&page, "[data-testid=clear-filters]").await?;
        assert_ne!(has, "nothing", "showing everyone");
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}
