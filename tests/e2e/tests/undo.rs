//! Screens are in the history of the browser, and nothing of the data is in the address.

use e2e::{Page, Result, journey};

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
        // Going back and forth makes no entries; typing a name does.
        let after = page.script("return history.length", vec![]).await?;
        assert_eq!(after.as_u64(), entries.as_u64().map(|n| n + 2));
        // A name that leads nowhere is put right. Data never go into the address, nor anywhere with it.
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
        // Loaded again, the page has no file: every name falls back to the start.
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
