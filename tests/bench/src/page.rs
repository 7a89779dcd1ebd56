//! Waiting times of users, measured in Chromium: start-up, 20,000 customers, how long the page is busy meanwhile, and all models at
//! every number of segments.

use std::path::Path;

use e2e::{Browser, Page, Result, Site};
use serde_json::Value;

use crate::history::{Figures, median};
use crate::shapes::{cards, wide};
use crate::silence::longest_silence;

const REPEATS: usize = 5;
/// Number of steps in which a handle is dragged.
const STEPS: usize = 40;

/// Prints a line per run.
pub(crate) async fn measure(figures: &mut Figures) -> Result {
    let file = std::env::temp_dir().join(format!("seamline-bench-{}.csv", std::process::id()));
    std::fs::write(&file, customers(20_000))?;
    println!(
        "| usable after (ms) | read 20,000 x 3 (ms) | both models compared (ms) | file to result (ms) | longest task while clustering (ms) | longest task showing the result (ms) |"
    );
    println!("|---|---|---|---|---|---|");
    let mut lines = Vec::new();
    for _ in 0..REPEATS {
        let line = measure_once(&file).await?;
        println!(
            "| {} |",
            line.map(|millis| format!("{millis:.0}")).join(" | ")
        );
        lines.push(line);
    }
    for (column, name) in [
        (0, "usable after (ms)"),
        (3, "20000 x 3, file to result (ms)"),
        (4, "20000 x 3, longest task while clustering (ms)"),
    ] {
        let values: Vec<f64> = lines.iter().map(|line| line[column]).collect();
        figures.note(name, median(&values));
    }
    println!(
        "| customers | three models at 2 to 12 segments, everything anew (ms), one after the other |"
    );
    println!("|---|---|");
    for n in [200, 10_000, 100_000] {
        std::fs::write(&file, customers(n))?;
        let millis = measure_sweep(&file).await?;
        println!(
            "| {n} | {} |",
            millis.map(|millis| format!("{millis:.0}")).join(", ")
        );
        figures.note(
            format!("{n} x 3, three models at 2 to 12 segments anew (ms)"),
            median(&millis),
        );
    }
    println!(
        "| customers | steps of a handle that is dragged | longest task meanwhile (ms) | handle to next frame, median (ms) | longest (ms) |"
    );
    println!("|---|---|---|---|---|");
    for n in [20_000, 100_000] {
        std::fs::write(&file, customers(n))?;
        let [longest, middle, most] = measure_drag(&file).await?;
        println!("| {n} | {STEPS} | {longest:.0} | {middle:.0} | {most:.0} |");
        figures.note(format!("{n} x 3, filter handle to next frame (ms)"), middle);
    }
    println!("| customers | longest silence of an engine at work (ms) |");
    println!("|---|---|");
    for n in [20_000, 1_000_000] {
        std::fs::write(&file, customers(n))?;
        let longest = longest_silence(&file).await?;
        println!("| {n} | {longest:.0} |");
        figures.note(
            format!("{n} x 3, longest silence of an engine (ms)"),
            longest,
        );
    }
    std::fs::remove_file(&file)?;
    Ok(())
}

/// Prints a line per file of many columns: when the result is shown, and when everything that follows without a request is.
pub(crate) async fn measure_shapes(figures: &mut Figures) -> Result {
    let file = std::env::temp_dir().join(format!("seamline-shape-{}.csv", std::process::id()));
    println!(
        "| customers x columns | clicked to result (ms) | from there to the verdict (ms) | to the noise floor (ms) | until the engine rests (ms) |"
    );
    println!("|---|---|---|---|---|");
    for (name, text, is_to_rest) in [
        ("8636 x 17", cards(8_636), true),
        ("20000 x 200", wide(20_000, 200), false),
    ] {
        std::fs::write(&file, text)?;
        let line = measure_shape(&file, is_to_rest).await?;
        let tell = |millis: f64| {
            if millis.is_nan() {
                "not waited for".to_owned()
            } else {
                format!("{millis:.0}")
            }
        };
        println!("| {name} | {} |", line.map(tell).join(" | "));
        let parts = [
            "click to result",
            "result to verdict",
            "result to noise floor",
            "result to rest",
        ];
        for (part, millis) in parts.into_iter().zip(line) {
            figures.note(format!("{name}, {part} (ms)"), millis);
        }
    }
    std::fs::remove_file(&file)?;
    Ok(())
}

/// Times from the click that fits to the first result, and from there to the rest.
async fn measure_shape(file: &Path, is_to_rest: bool) -> Result<[f64; 4]> {
    let site = Site::start()?;
    let browser = Browser::start(1440, 900).await?;
    let page = Page::open(&browser.driver, &site).await?;
    let most = std::time::Duration::from_mins(15);
    browser.driver.set_script_timeout(most).await?;
    page.choose(file).await?;
    page.part("use-customers").await?;
    let wait = "const [toRest, done] = arguments, start = performance.now(), marks = {};
        const part = (id) => document.querySelector(`[data-testid='${id}']`);
        const note = (name, is) => { if (is && !(name in marks)) marks[name] = performance.now() - start; };
        part('use-customers').click();
        const look = () => {
          note('result', part('mismatched'));
          note('verdict', part('verdict-sentence')?.innerText);
          note('noise', part('noise-sentence')?.innerText);
          const rests = part('work').dataset.state === 'idle';
          note('rest', 'result' in marks && 'noise' in marks && rests);
          if ('rest' in marks || (!toRest && 'result' in marks)) done(marks); else setTimeout(look, 5);
        };
        look()";
    let marks = page.script_async(wait, vec![is_to_rest.into()]).await?;
    browser.driver.clone().quit().await?;
    let at = |name: &str| marks[name].as_f64().unwrap_or(f64::NAN);
    let result = at("result");
    let after = ["verdict", "noise", "rest"].map(|name| at(name) - result);
    Ok([result, after[0], after[1], after[2]])
}

/// A page that has read the file and shows its result with all evidence.
async fn with_result(browser: &Browser, site: &Site, file: &Path) -> Result<Page> {
    let page = Page::open(&browser.driver, site).await?;
    page.choose(file).await?;
    page.click("use-customers").await?;
    page.part("mismatched").await?;
    page.rest().await?;
    Ok(page)
}

/// Drags the handle of a filter: the longest task meanwhile, as the browser reports it above 50 ms, and the time from a step to the
/// next frame, median and maximum.
async fn measure_drag(file: &Path) -> Result<[f64; 3]> {
    let site = Site::start()?;
    let browser = Browser::start(1440, 900).await?;
    let page = with_result(&browser, &site, file).await?;
    let drag = "const [steps, done] = arguments, tasks = [], frames = [];
        const watch = (list) => tasks.push(...list.getEntries().map((task) => task.duration));
        new PerformanceObserver(watch).observe({ type: 'longtask' });
        const handle = document.querySelector(`[aria-label='Income, smallest value']`);
        const [low, high] = [Number(handle.min), Number(handle.max)];
        let at = 0;
        const step = () => {
          if (at === steps) {
            handle.dispatchEvent(new Event('change', { bubbles: true }));
            return setTimeout(() => done([Math.max(0, ...tasks), frames.sort((a, b) => a - b)[steps >> 1], frames[steps - 1]]), 500);
          }
          at += 1;
          const start = performance.now();
          handle.value = low + ((high - low) * at) / steps / 2;
          handle.dispatchEvent(new Event('input', { bubbles: true }));
          requestAnimationFrame(() => setTimeout(() => { frames.push(performance.now() - start); step() }));
        };
        step()";
    let measured = page.script_async(drag, vec![STEPS.into()]).await?;
    browser.driver.clone().quit().await?;
    Ok(serde_json::from_value(measured)?)
}

/// Another scaling recomputes everything: the fits, the comparison at the current number, all numbers of segments.
async fn measure_sweep(file: &Path) -> Result<[f64; REPEATS]> {
    let site = Site::start()?;
    let browser = Browser::start(1440, 900).await?;
    let page = with_result(&browser, &site, file).await?;
    page.click("model-gaussian_mixture").await?;
    page.rest().await?;
    let refit = "const [name, done] = arguments, work = document.querySelector('[data-testid=work]'), start = performance.now();
        [...document.querySelectorAll('label')].find((label) => label.innerText.trim() === name).click();
        let has_begun = false;
        const look = () => {
          has_begun ||= work.dataset.state === 'running';
          if (has_begun && work.dataset.state === 'idle') done(performance.now() - start); else setTimeout(look, 1);
        };
        look()";
    let mut millis = [f64::NAN; REPEATS];
    for (repeat, millis) in millis.iter_mut().enumerate() {
        let scaling = ["None", "Z-score"][repeat % 2];
        let measured = page.script_async(refit, vec![scaling.into()]).await?;
        *millis = measured.as_f64().unwrap_or(f64::NAN);
    }
    browser.driver.clone().quit().await?;
    Ok(millis)
}

async fn measure_once(file: &Path) -> Result<[f64; 6]> {
    let site = Site::start()?;
    let browser = Browser::start(1440, 900).await?;
    let page = Page::open(&browser.driver, &site).await?;
    let number = async |script: &str| -> Result<f64> {
        Ok(page
            .script(script, vec![])
            .await?
            .as_f64()
            .unwrap_or(f64::NAN))
    };
    let usable = number("return bootTimes.usable").await?;
    let watch = "window.tasks = []; new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => [task.startTime, task.duration])))
        .observe({ type: 'longtask' });
        window.marks = {}; const look = () => {
          if (!marks.read && document.querySelector('[data-testid=use-customers]')) marks.read = performance.now();
          if (!marks.shown && document.querySelector('[data-testid=mismatched]')) marks.shown = performance.now(); };
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
        document.getElementById('file').addEventListener('change', () => (marks.chosen = performance.now()), true)";
    page.script(watch, vec![]).await?;
    page.choose(file).await?;
    page.part("use-customers").await?;
    page.script("marks.asked = performance.now(); document.querySelector('[data-testid=use-customers]').click()", vec![]).await?;
    page.part("mismatched").await?;
    page.rest().await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let marks = page.script("return marks", vec![]).await?;
    let tasks = page.script("return tasks", vec![]).await?;
    browser.driver.clone().quit().await?;
    let at = |name: &str| marks[name].as_f64().unwrap_or(f64::NAN);
    let longest = |from: f64, to: f64| {
        let pairs = tasks.as_array().into_iter().flatten();
        let times = |task: &Value| {
            (
                task[0].as_f64().unwrap_or(0.0),
                task[1].as_f64().unwrap_or(0.0),
            )
        };
        pairs
            .map(times)
            // Tasks that overlap: the task of the click continues after it has sent the request.
            .filter(|(start, length)| start + length > from && *start < to)
            .map(|(_, length)| length)
            .fold(0.0, f64::max)
    };
    // The last task before `shown` shows the result; all earlier ones since the click run while the worker clusters.
    let shown_task = tasks
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|task| Some((task[0].as_f64()?, task[1].as_f64()?)));
    // Times of tasks are rounded, so a few milliseconds are tolerated.
    let shown_from = shown_task
        .filter(|(start, length)| (*start..=start + length + 5.0).contains(&at("shown")))
        .map(|(start, _)| start)
        .next();
    let shown_from = shown_from.unwrap_or(at("shown"));
    Ok([
        usable,
        at("read") - at("chosen"),
        at("shown") - at("asked"),
        at("read") - at("chosen") + at("shown") - at("asked"),
        longest(at("asked"), shown_from),
        longest(shown_from, f64::INFINITY),
    ])
}

/// Four overlapping groups on three features, always the same.
fn customers(n: usize) -> String {
    let mut state = 7_u64;
    let mut uniform = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let header = "CustomerID,Income,Spending,Visits\n".to_owned();
    let mut row = |i: usize| {
        let [income, spending, visits] = [
            [40.0, 20.0, 3.0],
            [80.0, 60.0, 8.0],
            [120.0, 30.0, 5.0],
            [60.0, 80.0, 12.0],
        ][i % 4];
        // The sum of four uniform numbers is close enough to a normal distribution.
        let mut near = |mean: f64, spread: f64| {
            mean + spread * ((0..4).map(|_| uniform()).sum::<f64>() - 2.0) * 1.7
        };
        let (income, spending, visits) =
            (near(income, 14.0), near(spending, 12.0), near(visits, 2.0));
        format!("C{i:05},{income:.3},{spending:.3},{visits:.3}\n")
    };
    (0..n).fold(header, |text, i| text + row(i).as_str())
}
