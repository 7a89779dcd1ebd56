//! Our models as wasm in Chromium compared with their peers: the same bytes, in turn, repeatedly.

use std::path::{Path, PathBuf};

use e2e::{Browser, Result, Site};
use seamline_kernels::numeric::Rng;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::history::{Figures, median, processor};
use crate::peers::Peers;
use crate::works::{Data, Equal, Form, Work, works};

/// Runs every work whose name contains `only` and prints the table; `BENCH` names the folder with the page, the wasm and the
/// libraries, `PEERS` that of the Python packages.
pub(crate) async fn measure(is_smoke: bool, only: &str, figures: &mut Figures) -> Result {
    let folder = |name: &str| -> Result<PathBuf> {
        Ok(std::env::var_os(name)
            .ok_or(format!("{name} names no folder"))?
            .into())
    };
    let served = folder("BENCH")?;
    let mut peers = Peers::start(&folder("PEERS")?)?;
    let site = Site::serve(served.clone())?;
    let browser = Browser::start(800, 600).await?;
    let driver = &browser.driver;
    driver
        .set_script_timeout(std::time::Duration::from_mins(10))
        .await?;
    driver.goto(site.address()).await?;
    let mut machine = peers.ask(&json!({ "work": "versions" }))?;
    machine["browser"] = driver
        .execute("return navigator.userAgent", vec![])
        .await?
        .json()
        .clone();
    machine["processor"] = json!(processor());
    machine["cores"] = json!(std::thread::available_parallelism()?.get());
    println!("{machine}");
    println!(
        "| work | rows x features | ours (ms) | memory (MB) | peer | peer (ms) | ratio, median (least to most) | wanted |\n|---|---|---|---|---|---|---|---|"
    );
    let mut lines = Vec::new();
    let mut different = Vec::new();
    for work in works(is_smoke)
        .into_iter()
        .filter(|work| work.name.contains(only))
    {
        let line = run(&work, driver, &mut peers, &served).await?;
        let name = format!("{} | {} x {}", work.name, work.data.n, work.data.d);
        let ours = median(&line.ours);
        let Data { n, d, .. } = work.data;
        figures.note(format!("{}, {n} x {d} (ms)", work.name), ours);
        if work.peers.is_empty() {
            println!("| {name} | {ours:.1} | {:.0} | | | | |", line.megabytes);
        }
        for (peer, theirs) in work.peers.iter().zip(&line.theirs) {
            let ratios: Vec<f64> = theirs.iter().zip(&line.ours).map(|(b, a)| b / a).collect();
            let (least, most) = range(&ratios);
            let wanted = peer.wanted.map_or(String::new(), |x| x.to_string());
            println!(
                "| {name} | {ours:.1} | {:.0} | {} | {:.1} | {:.1} ({least:.1} to {most:.1}) | {wanted} |",
                line.megabytes,
                peer.name,
                median(theirs),
                median(&ratios)
            );
            lines.push(json!({
                "work": work.name, "n": work.data.n, "d": work.data.d, "ours_millis": line.ours, "megabytes": line.megabytes,
                "file_bytes": line.file_bytes, "peer": peer.name, "peer_millis": theirs, "ratio": median(&ratios), "wanted": peer.wanted,
            }));
        }
        if work.peers.is_empty() {
            lines.push(json!({
                "work": work.name, "n": work.data.n, "d": work.data.d, "ours_millis": line.ours, "megabytes": line.megabytes,
            }));
        }
        different.extend(line.different);
    }
    browser.driver.clone().quit().await?;
    let report = json!({ "machine": machine, "is_smoke": is_smoke, "works": lines });
    let path = served.join("../engine.json");
    std::fs::write(&path, serde_json::to_string_pretty(&report)?)?;
    println!("written to {}", path.display());
    if different.is_empty() {
        return Ok(());
    }
    Err(different.join("\n").into())
}

struct Line {
    ours: Vec<f64>,
    /// By peer.
    theirs: Vec<Vec<f64>>,
    megabytes: f64,
    /// Size of the data on disk.
    file_bytes: usize,
    /// Results that differed.
    different: Vec<String>,
}

async fn run(work: &Work, driver: &WebDriver, peers: &mut Peers, served: &Path) -> Result<Line> {
    let Data { n, d, form } = work.data;
    let mut line = Line {
        ours: Vec::new(),
        theirs: vec![Vec::new(); work.peers.len()],
        megabytes: 0.0,
        file_bytes: 0,
        different: Vec::new(),
    };
    let name = format!("{n}x{d}.data");
    let path = served.join(&name);
    let bytes = match form {
        Form::Numbers => rows(work.data),
        Form::Csv => customers(n),
    };
    line.file_bytes = bytes.len();
    std::fs::write(&path, bytes)?;
    let in_browser = work.peers.iter().any(|peer| !peer.is_native);
    let open =
        json!({ "data": name, "n": n, "d": d, "peers": in_browser, "is_csv": form == Form::Csv });
    call(driver, "open", &open).await?;
    if form == Form::Numbers {
        peers.ask(&json!({ "work": "open", "data": path, "n": n, "d": d }))?;
    }
    if let Some(before) = &work.before {
        call(driver, "call", before).await?;
        let mut labels = call(driver, "call", &json!({ "work": "labels" })).await?;
        labels["work"] = json!("labels");
        peers.ask(&labels)?;
    }
    // In the first round of short works, code is not optimised yet, ours and theirs; it is compared, not timed.
    for round in 0..work.warm_ups + work.repeats {
        let is_timed = round >= work.warm_ups;
        let ours = call(driver, "call", &work.ask).await?;
        if is_timed {
            line.ours.push(number(&ours, "millis")?);
        }
        line.megabytes = number(&ours, "bytes")? / 1e6;
        let value = number(&ours, "value")?;
        for (peer, millis) in work.peers.iter().zip(&mut line.theirs) {
            let theirs = if peer.is_native {
                peers.ask(&peer.ask)?
            } else {
                call(driver, "call", &peer.ask).await?
            };
            if is_timed {
                millis.push(number(&theirs, "millis")?);
            }
            let expected = number(&theirs, "value")?;
            let above = (value - expected) / expected.abs();
            let is_equal = match work.equal {
                Equal::Within(tolerance) => above.abs() <= tolerance,
                Equal::NotAbove(tolerance) => above <= tolerance,
            };
            if !is_equal {
                line.different.push(format!(
                    "{}, {n} x {d}: {value} against {expected} of {}",
                    work.name, peer.name
                ));
            }
        }
    }
    std::fs::remove_file(&path)?;
    Ok(line)
}

/// Calls a function of the page and waits for its promise.
async fn call(driver: &WebDriver, function: &str, message: &Value) -> Result<Value> {
    let script = format!(
        "const done = arguments[1]; {function}(arguments[0]).then(done, (error) => done({{ error: String(error) }}))"
    );
    let answer = driver
        .execute_async(script, vec![message.clone()])
        .await?
        .json()
        .clone();
    match answer["error"].as_str() {
        Some(error) => Err(format!("{message}: {error}").into()),
        None => Ok(answer),
    }
}

fn number(answer: &Value, key: &str) -> Result<f64> {
    let number = answer[key].as_f64();
    Ok(number.ok_or_else(|| format!("no {key} in {answer}"))?)
}

fn range(values: &[f64]) -> (f64, f64) {
    let first = (f64::INFINITY, f64::NEG_INFINITY);
    values
        .iter()
        .fold(first, |(least, most), &x| (least.min(x), most.max(x)))
}

/// Little-endian numbers, row by row: eight spherical clusters, with centres four times as far apart as they are wide.
fn rows(Data { n, d, .. }: Data) -> Vec<u8> {
    let mut rng = Rng::new(1);
    let centres: Vec<f64> = (0..8 * d).map(|_| 4.0 * rng.normal()).collect();
    let mut bytes = Vec::with_capacity(8 * n * d);
    for i in 0..n {
        for centre in &centres[i % 8 * d..][..d] {
            bytes.extend((centre + rng.normal()).to_le_bytes());
        }
    }
    bytes
}

/// A file of customers: an identifier, age, income, a score, visits and a basket.
fn customers(n: usize) -> Vec<u8> {
    use std::fmt::Write;
    let mut rng = Rng::new(2);
    let mut text = "CustomerID,Age,Annual Income,Spending Score,Visits,Basket\n".to_owned();
    for i in 0..n {
        let (age, score, visits) = (18 + rng.below(70), 1 + rng.below(100), rng.below(400));
        let income = 60_000.0 + 15_000.0 * rng.normal();
        let basket = (4.0 + rng.normal()).exp();
        // Writing to a string cannot fail.
        writeln!(
            text,
            "{},{age},{income:.2},{score},{visits},{basket:.2}",
            100_000 + i
        )
        .unwrap_or_default();
    }
    text.into_bytes()
}
