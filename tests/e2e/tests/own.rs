//! The journeys of the shared customer files, on the project's own customers: the page shows what the references of
//! `tests/fixtures` contain.

use std::path::{Path, PathBuf};

use e2e::{Result, journey};
use serde_json::Value;

fn fixture(name: &str) -> Result<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    // The browser's driver needs a canonical path.
    Ok(fixtures.join(name).canonicalize()?)
}

fn json(name: &str) -> Result<Value> {
    let bytes = std::fs::read(fixture(name)?)?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// Texts of a list of numbers or texts; nested lists are flattened.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

#[tokio::test]
async fn the_thirty_of_the_spread_are_read_off_the_page() -> Result {
    let expected = json("spread.json")?;
    journey(async move |page, site| {
        let loaded = site.requests().len();
        page.choose(&fixture("customers/spread.csv")?).await?;
        page.says("use-customers", "Use 500 customers").await?;
        // The recipe: income, spending and their ratio, which is no feature by itself, no scaling, two segments.
        page.press("[aria-label='Role of Income to spending'] label:nth-child(2) input").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        page.click_words("label", "None").await?;
        page.click("model-gaussian_mixture").await?;
        page.rest().await?;
        page.press(".k-choice").await?;
        page.says("k", "2").await?;
        page.rest().await?;
        page.says("mismatched", "30").await?;
        page.says("agreement", "94.0 %").await?;
        let cells = page.attributes(".matrix__cell", "data-count").await?;
        assert_eq!(cells, texts(&expected["pair"]["contingency"]));
        let mut listed = Vec::new();
        for step in 0..6 {
            let scroll = "const list = document.querySelector('[data-testid=customer-list]').parentElement; list.scrollTop = arguments[0] * 240";
            page.script(scroll, vec![step.into()]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(120)).await;
            for name in page.texts("[data-testid=customer]").await? {
                if !listed.contains(&name) {
                    listed.push(name);
                }
            }
        }
        // A scroll step may have shown its rows late, so they are sorted into the order of the file.
        listed.sort_by_key(|name| name.parse::<u32>().unwrap_or(u32::MAX));
        assert_eq!(listed, texts(&expected["ids"]));
        // The summary, to all digits.
        page.click_words("label", "Summary").await?;
        let income = page
            .attributes("[data-testid='summary-Income'] [data-value]", "data-value")
            .await?;
        let wanted = &expected["summary"]["Income"]["mismatched"];
        let keys = ["mean", "min", "q25", "median", "q75", "max"];
        for (found, key) in income.iter().zip(keys) {
            let (found, wanted): (f64, _) = (found.parse()?, wanted[key].as_f64());
            let apart = wanted.map(|wanted| (found - wanted).abs());
            assert!(apart.is_some_and(|apart| apart < 1e-9), "{key}: {found}");
        }
        // The bands, over all segments.
        page.click_words("label", "Bands").await?;
        let bands = page
            .attributes("[data-testid^='band-all-']", "data-mismatched")
            .await?;
        let by_segment = &expected["bands"]["mismatched"];
        let sums = (0..3).map(|band| {
            let of = |segment: usize| by_segment[segment][band].as_u64().unwrap_or_default();
            (of(0) + of(1)).to_string()
        });
        assert_eq!(bands, sums.collect::<Vec<_>>());
        // A filter: every number follows.
        let filter = &expected["filters"][1];
        page.set("input[aria-label='Income, smallest value, exact']", "70")
            .await?;
        page.set("input[aria-label='Income, largest value, exact']", "95")
            .await?;
        for (id, key) in [("customers", "customers"), ("mismatched", "mismatched"), ("matrix-total", "customers")] {
            page.says(id, &filter[key].to_string()).await?;
        }
        page.click("clear-filters").await?;
        page.says("customers", "500").await?;
        // The verdict and the reasons: no segments, income before spending, no mismatch beyond chance.
        page.says("verdict", "The segments are not real").await?;
        page.says("noise-sentence", "in more than 25 % of resamples").await?;
        page.click_words("label", "Summary").await?;
        page.says("explanation", "by more than the cuts explain")
            .await?;
        page.says("summary-Age", "no clear difference").await?;
        page.click_words("label", "Claims").await?;
        page.pick("claim-column", "Age").await?;
        page.click("claim-check").await?;
        page.says("claim-answer", "Not shown by these data").await?;
        // No advice on segments that are not real.
        page.click_words("button", "Segments").await?;
        page.says("advice-behind", "the segments are not real")
            .await?;
        assert_eq!(site.requests().len(), loaded, "{:?}", site.requests());
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_marketer_asks_why_a_visitor_is_where_it_is() -> Result {
    let expected = json("visitors.json")?;
    journey(async move |page, _| {
        page.choose(&fixture("customers/visitors.csv")?).await?;
        page.says("use-customers", "Use 200 customers").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        page.click_words("label", "None").await?;
        page.rest().await?;
        page.says("k", "5").await?;
        // Without the mixture, which is among the models from the start.
        page.click("model-gaussian_mixture").await?;
        page.rest().await?;
        let pair = &expected["pairs"]["k_means_hierarchical"];
        let n = pair["mismatched_rows"].as_array().map_or(0, Vec::len);
        page.says("mismatched", &n.to_string()).await?;
        page.click("model-gaussian_mixture").await?;
        page.rest().await?;
        let all = expected["mismatched_of_three"]
            .as_array()
            .map_or(0, Vec::len);
        page.says("mismatched", &all.to_string()).await?;
        page.click_words("button", "V002").await?;
        page.says("inspector-name", "V002").await?;
        page.says("why-k_means", "Distance to the centre").await?;
        page.says("why-hierarchical", "at step cost").await?;
        // The largest of its posteriors, in percent.
        let posteriors = expected["cards"][0]["posteriors"].as_array();
        let likeliest = posteriors.into_iter().flatten().filter_map(Value::as_f64);
        let likeliest = likeliest.fold(0.0, f64::max);
        page.says(
            "why-gaussian_mixture",
            &format!("{:.0}.", (100.0 * likeliest).floor()),
        )
        .await?;
        page.part("cause").await?;
        page.click("next-card").await?;
        page.says("inspector-name", "V005").await?;
        page.click_words("button", "Segments").await?;
        page.part("profile-B").await?;
        page.says("profile-mismatched", &format!("{all} ")).await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}
