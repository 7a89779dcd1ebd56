//! Charts on the page: their names, their numbers as tables, and the marks under the pointer.

use e2e::{Page, Result, journey};

/// The tables of all charts that match a selector, as cells.
const TABLES: &str = "return [...document.querySelectorAll(arguments[0])].map(table =>
    [...table.querySelectorAll('tbody tr')].map(row => [...row.cells].map(cell => cell.textContent)))";

async fn tables(page: &Page, css: &str) -> Result<Vec<Vec<Vec<String>>>> {
    let tables = page.script(TABLES, vec![css.into()]).await?;
    Ok(serde_json::from_value(tables)?)
}

fn sum(table: &[Vec<String>], column: usize) -> usize {
    let cells = table
        .iter()
        .filter_map(|row| row[column].parse::<usize>().ok());
    cells.sum()
}

#[tokio::test]
async fn every_chart_has_a_name_and_its_numbers_as_a_table() -> Result {
    journey(async |page, _site| {
        page.click_words("button", "Mall visitors").await?;
        page.click("use-customers").await?;
        page.says("segments", "5").await?;
        page.rest().await?;
        let nameless = "return [...document.querySelectorAll('.chart')].filter(chart =>
            !chart.querySelector('canvas[aria-label]')?.getAttribute('aria-label')).length";
        assert_eq!(page.script(nameless, Vec::new()).await?, 0);
        // Tables are created when they are opened.
        assert_eq!(tables(&page, ".chart__table table").await?.len(), 0);
        let open = "const all = [...document.querySelectorAll('.chart__twin > summary')];
            all.forEach(summary => summary.click()); return all.length";
        let n_charts = page.script(open, Vec::new()).await?;
        let made = "const [n, done] = arguments;
            const look = () => document.querySelectorAll('.chart__table table').length === n ? done(n) : setTimeout(look, 20); look()";
        page.script_async(made, vec![n_charts.clone()]).await?;
        let found = tables(&page, ".chart__table table").await?;
        assert_eq!(n_charts, found.len());
        // Every customer is in one segment of a plot and in one bar of a histogram.
        let plots = tables(&page, ".plot .chart__table table").await?;
        assert!(plots.len() >= 2);
        assert!(
            plots
                .iter()
                .all(|plot| plot.len() == 5 && sum(plot, 1) == 200)
        );
        let histograms = tables(&page, ".range .chart__table table").await?;
        assert!(histograms.len() >= 2);
        assert!(histograms.iter().all(|bars| sum(bars, 2) == 200));
        // A row per number of segments, with the chosen one marked.
        let chosen = page
            .texts(".chart:has(> .k-chart) .chart__chosen td:first-child")
            .await?;
        assert_eq!(chosen, ["5"]);
        Ok(())
    })
    .await
}

/// Moves the pointer over the first plot in steps until it is over a mark, clicks there and returns the mark.
const SWEEP: &str = "const done = arguments[arguments.length - 1];
    const plot = document.querySelector('.plot__front'), box = plot.getBoundingClientRect();
    const send = (kind, x, y) => plot.dispatchEvent(
        new PointerEvent(kind, { bubbles: true, clientX: box.left + x, clientY: box.top + y }));
    (async () => {
        for (let y = 30; y < box.height - 40; y += 9) for (let x = 40; x < box.width - 12; x += 9) {
            send('pointermove', x, y);
            await new Promise(next => setTimeout(next, 0));
            const tip = document.querySelector('.tip b');
            if (tip) { send('pointerdown', x, y); return tip.textContent }
        }
        return '';
    })().then(done)";

#[tokio::test]
async fn the_mark_under_the_pointer_is_shown_and_selected() -> Result {
    journey(async |page, _site| {
        page.click_words("button", "Mall visitors").await?;
        page.click("use-customers").await?;
        page.says("segments", "5").await?;
        page.rest().await?;
        let name = page.script_async(SWEEP, Vec::new()).await?;
        let name = name.as_str().unwrap_or_default().to_owned();
        assert!(name.starts_with("Customer "), "{name}");
        page.says("selection", "1 customer selected").await?;
        assert_eq!(
            page.texts("[data-testid=customer]").await?,
            [name.trim_start_matches("Customer ")]
        );
        Ok(())
    })
    .await
}
