//! A marketer with a file: why a customer is in its segments, other settings, and advice.

use e2e::{Result, customers, journey};

#[tokio::test]
async fn a_marketer_asks_why_and_what_to_do() -> Result {
    let Some(file) = customers("Mall_Customers.csv") else {
        return Ok(());
    };
    journey(async move |page, _| {
        page.choose(&file).await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        page.says("mismatched", "4").await?;
        // Why is this customer in its segments?
        page.click_words("button", "46").await?;
        page.says("inspector-name", "46").await?;
        page.says("why-k_means", "Distance to the centre").await?;
        page.says("why-hierarchical", "at step cost").await?;
        page.says("why-gaussian_mixture", "83.").await?;
        page.says("changes", "all models place it there").await?;
        page.part("cause").await?;
        page.click("next-card").await?;
        page.says("inspector-name", "125").await?;
        // Other settings, and how often each customer is mismatched under them.
        page.click_words("label", "What if").await?;
        page.says("what-if", "under 2 % of the customers").await?;
        page.click_words("button", "Segments").await?;
        page.part("profile-B").await?;
        page.click_words("button", "Compare").await?;
        page.says("what-if", "under 2 % of the customers").await?;
        page.click_words("label", "List").await?;
        page.says("customer-list", "Mismatched in").await?;
        // Advice, with the user's own numbers.
        page.click_words("button", "Segments").await?;
        page.click("profile-B").await?;
        page.says("advice", "Basic offer").await?;
        // Customers on the seam have their own row, and a ring each.
        page.says("profile-mismatched", "4 2.0 %").await?;
        let rings = page
            .attributes("[data-testid=profile-mismatched] circle", "cx")
            .await?;
        assert_eq!(rings.len(), 4 * 3, "{rings:?}");
        page.says("advice-test", "takes 906 customers").await?;
        page.set("[data-testid='Response with the action']", "34")
            .await?;
        page.says("advice-test", "34.0 %").await?;
        page.says("contested", "161").await?;
        // A name stays through refits, also with another number of segments.
        page.set("[data-testid=profile-E] input", "Savers").await?;
        page.click_words("button", "Compare").await?;
        page.says("legend", "Savers").await?;
        page.press("[aria-label='One segment more']").await?;
        page.says("k", "6").await?;
        page.rest().await?;
        page.says("legend", "Savers").await?;
        // A model with one more segment, which has its own letter.
        page.pick("own-k-hierarchical", "7").await?;
        page.rest().await?;
        page.says("legend", "only Hierarchical").await?;
        page.says("legend", "Savers").await?;
        // Rules that cannot be read are reported, and the earlier ones stay.
        page.click_words("button", "Segments").await?;
        page.set("[data-testid=rules]", "for,action\nsegment,Call")
            .await?;
        page.press("[data-testid=use-rules]").await?;
        page.says("notice", "“column”").await?;
        page.says("advice", "Recommendation for").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}
