//! Projects: decisions are saved, opened again, and refused if they make no sense; page and command line find the same.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use e2e::{Page, Result, journey};
use seamline::demo::DemoFile;
use serde_json::{Value, json};

const SAMPLE: DemoFile = DemoFile::MallVisitors;
const PROJECT: &str = "export-seamline-json";
const ROWS: &str = "export-segments-csv";
const RESULT: &str = "export-result-json";

/// Catches what the browser would save.
async fn catch(page: &Page) -> Result {
    const CATCH: &str = "const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return make(blob) }";
    page.script(CATCH, vec![]).await?;
    Ok(())
}

/// A saved file.
async fn saved(page: &Page, id: &str) -> Result<String> {
    const WAIT: &str = "const done = arguments[0]; const look = () => window.saved ? done(window.saved) : setTimeout(look, 20); look()";
    page.script("window.saved = null", vec![]).await?;
    page.press(&format!("[data-testid={id}]:enabled")).await?;
    page.rest().await?;
    let saved = page.script_async(WAIT, vec![]).await?;
    Ok(saved.as_str().unwrap_or_default().to_owned())
}

/// The numbers of the comparison.
async fn shown(page: &Page) -> Result<Value> {
    const SHOWN: &str = "const texts = (css) => [...document.querySelectorAll(css)].map((one) => one.innerText.replace(/\\s+/g, ' ').trim());
        const counts = [...document.querySelectorAll('.matrix__cell')].map((one) => one.dataset.count);
        return [texts('.strip__cell'), texts('.legend__entry'), texts('.plot__head'), texts('.rail .chip'), counts]";
    page.part("matrix-total").await?;
    page.rest().await?;
    page.script(SHOWN, vec![]).await
}

async fn key(page: &Page, key: &str, has_control: bool) -> Result {
    const PRESS: &str = "document.activeElement?.blur(); const [key, ctrlKey] = arguments;
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))";
    page.script(PRESS, vec![key.into(), has_control.into()])
        .await?;
    Ok(())
}

async fn undo_tip(page: &Page) -> Result<String> {
    let tips = page.attributes("[data-testid=undo]", "title").await?;
    Ok(tips.concat())
}

/// Decisions of many kinds on the demo file.
async fn decide(page: &Page) -> Result {
    page.click_words("button", "Mall visitors").await?;
    page.click("use-customers").await?;
    page.part("mismatched").await?;
    page.rest().await?;
    page.press("[data-testid=model-gaussian_mixture]").await?;
    page.pick("linkage", 2).await?;
    page.rest().await?;
    page.press("[aria-label='One segment more']").await?;
    page.rest().await?;
    page.press("[aria-label='One segment more']").await?;
    page.rest().await?;
    page.set(
        "[aria-label='Annual Income (k$), smallest value, exact']",
        "20",
    )
    .await?;
    page.pick("axis-x", 1).await?;
    page.click_words("label", "Min–max").await?;
    page.rest().await?;
    key(page, "3", false).await?;
    page.set("[data-testid=profile-A] input", "Savers").await?;
    page.set("[data-testid=profile-B] input", "Spenders")
        .await?;
    page.set("[data-testid='Margin per response']", "40")
        .await?;
    page.rest().await?;
    key(page, "2", false).await
}

#[tokio::test]
async fn a_project_is_saved_and_opened_and_the_command_line_finds_the_same() -> Result {
    journey(async |page, _site| {
        decide(&page).await?;
        catch(&page).await?;
        let before = shown(&page).await?;
        let tip = undo_tip(&page).await?;
        let files = [
            saved(&page, PROJECT).await?,
            saved(&page, ROWS).await?,
            saved(&page, RESULT).await?,
        ];
        assert!(files[1].contains("Savers"), "{:.200}", files[1]);
        // The command line, with the same two files.
        let folder = std::env::temp_dir().join(format!("seamline-project-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let (data, project, out) = (
            folder.join(SAMPLE.file_name()),
            folder.join("p.seamline.json"),
            folder.join("r.json"),
        );
        std::fs::write(&data, SAMPLE.generate())?;
        std::fs::write(&project, &files[0])?;
        let status = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--locked", "--package", "seamline", "--bin", "seamline", "--", "cluster"])
            .arg(&data)
            .arg("--project")
            .arg(&project)
            .arg("--out")
            .arg(&out)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .status()?;
        assert!(status.success());
        let written = std::fs::read(&out)?;
        assert!(written == files[2].as_bytes(), "the results are not the same bytes");
        std::fs::remove_dir_all(&folder)?;
        // Without a table: the project of a demo file brings it along.
        page.reload().await?;
        catch(&page).await?;
        let name = "sample_mall_visitors.seamline (1).json";
        page.drop_file(name, &files[0]).await?;
        assert_eq!(shown(&page).await?, before);
        assert_eq!(saved(&page, PROJECT).await?, files[0]);
        assert_eq!(saved(&page, ROWS).await?, files[1]);
        assert!(saved(&page, RESULT).await? == files[2]);
        assert_eq!(undo_tip(&page).await?, "Nothing to undo");
        assert_ne!(tip, "Nothing to undo");
        // With its file open, it is one step, which can be undone.
        page.press("[aria-label='One segment fewer']").await?;
        let other = shown(&page).await?;
        assert_ne!(other, before);
        page.drop_file(name, &files[0]).await?;
        page.find("[data-testid=undo][title='Undo: open a project']").await?;
        assert_eq!(shown(&page).await?, before);
        key(&page, "z", true).await?;
        assert_eq!(shown(&page).await?, other);
        // Ctrl S saves it.
        page.script("window.saved = null", vec![]).await?;
        key(&page, "s", true).await?;
        let wait = "const done = arguments[0]; const look = () => window.saved ? done(window.saved) : setTimeout(look, 20); look()";
        let by_key = page.script_async(wait, vec![]).await?;
        assert!(by_key.as_str().is_some_and(|text| text.contains("seamline project")));
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

/// A file of people.
fn people() -> String {
    let rows = (0..90).map(|i| {
        let (x, y) = (40 * (i % 3) + i * 7 % 11, 30 * (i % 3) + i * 5 % 13);
        format!("p{i},{x},{y}\n")
    });
    format!("id,income,spend\n{}", rows.collect::<String>())
}

#[tokio::test]
async fn a_project_waits_for_its_file_and_reads_it_as_it_was_read() -> Result {
    journey(async |page, _site| {
        catch(&page).await?;
        page.drop_file("people.csv", people()).await?;
        page.says("use-customers", "Use 90 customers").await?;
        page.pick("read-header", 2).await?;
        page.says("use-customers", "Use 89 customers").await?;
        page.click("use-customers").await?;
        let before = shown(&page).await?;
        let project = saved(&page, PROJECT).await?;
        // Read in another way, the file is read again; undoing that reads it once more.
        key(&page, "z", true).await?;
        page.says("customers", "90").await?;
        let otherwise = shown(&page).await?;
        page.drop_file("people.seamline.json", &project).await?;
        page.says("customers", "89").await?;
        assert_eq!(shown(&page).await?, before);
        key(&page, "z", true).await?;
        page.says("customers", "90").await?;
        assert_eq!(shown(&page).await?, otherwise);
        // Without its file it waits.
        page.reload().await?;
        page.drop_file("people.seamline.json", &project).await?;
        page.says("notice", "belongs to people.csv with 89 rows")
            .await?;
        page.drop_file("people.csv", people()).await?;
        page.says("customers", "89").await?;
        assert_eq!(shown(&page).await?, before);
        // On another file it is refused, and the file stays.
        page.reload().await?;
        page.drop_file("other.csv", "id,a\n1,2\n2,3\n3,5\n").await?;
        page.says("use-customers", "Use 3 customers").await?;
        page.drop_file("people.seamline.json", &project).await?;
        page.says("notice", "was made for people.csv with 89 rows")
            .await?;
        page.says("use-customers", "Use 3 customers").await?;
        page.drop_file("people.csv", people()).await?;
        page.says("customers", "89").await?;
        assert_eq!(shown(&page).await?, before);
        // A file that turns out to be another one is opened anyway.
        page.reload().await?;
        page.drop_file("people.seamline.json", &project).await?;
        page.says("notice", "belongs to people.csv").await?;
        page.drop_file("people.csv", "id,a\n1,2\n2,3\n3,5\n")
            .await?;
        page.says("use-customers", "Use 3 customers").await?;
        page.says("notice", "was made for people.csv with 89 rows")
            .await?;
        // The project waits on, for the file that it was made for.
        page.says("notice", "waits for it until this message is closed")
            .await?;
        page.drop_file("people.csv", people()).await?;
        page.says("customers", "89").await?;
        assert_eq!(shown(&page).await?, before);
        // A project stops waiting when its message is closed.
        page.drop_file("other.csv", "id,a\n1,2\n2,3\n3,5\n").await?;
        page.says("use-customers", "Use 3 customers").await?;
        page.drop_file("people.seamline.json", &project).await?;
        page.says("notice", "waits for it until this message is closed")
            .await?;
        page.press("[aria-label='Close this message']").await?;
        page.drop_file("people.csv", people()).await?;
        page.says("use-customers", "Use 90 customers").await?;
        // Dropped together, they are opened together.
        page.reload().await?;
        page.drop_together(&[
            ("people.seamline.json", project.as_str()),
            ("people.csv", people().as_str()),
        ])
        .await?;
        page.says("customers", "89").await?;
        assert_eq!(shown(&page).await?, before);
        page.reload().await?;
        page.drop_together(&[
            ("people.csv", people().as_str()),
            ("people.seamline.json", "{}"),
        ])
        .await?;
        page.says("use-customers", "Use 90 customers").await?;
        page.says("notice", "is no Seamline project").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

/// A project with another value at a place, as text.
fn with(project: &Value, place: &str, value: Value) -> String {
    let mut project = project.clone();
    let (parent, name) = place.rsplit_once('/').unwrap_or_default();
    if let Some(parent) = project.pointer_mut(parent) {
        parent[name] = value;
    }
    project.to_string()
}

/// Broken in every way that has its own sentence.
fn broken(project: &Value) -> Vec<String> {
    let text = project.to_string();
    let twice = text.replacen("\"names\":", "\"rules\":null,\"rules\":null,\"names\":", 1);
    let mut without = project.clone();
    if let Some(data) = without["data"].as_object_mut() {
        data.remove("n_rows");
    }
    let mut all = vec![
        text[..text.len() / 2].to_owned(),
        "id,income\n1,2\n".to_owned(),
        "{}".to_owned(),
        twice,
        without.to_string(),
        with(project, "/session/settings/seed", json!(1)).replacen(
            "\"seed\":1",
            "\"seed\":1e999",
            1,
        ),
    ];
    let edits = [
        ("/version", json!(2)),
        ("/version", json!(0)),
        ("/colour", json!(1)),
        ("/session/settings/scaling", json!("logarithmic")),
        ("/session/groups", json!([{"name": "a", "rows": [[4, 2]]}])),
        ("/session/settings/n_clusters", json!("four")),
        ("/data/fingerprint", json!("0123456789abcdef")),
        ("/data/n_rows", json!(201)),
        ("/data/columns", json!(["Shoe size"])),
        ("/session/settings/n_clusters", json!(99)),
        ("/session/rules", json!("for,action\nsegment,Call")),
        ("/session/names", json!({"0": "x".repeat(99)})),
        ("/session/names", json!({"0": "Same", "1": "same"})),
        (
            "/session/filters",
            json!({"Age": {"range": {"min": 9.0, "max": 3.0}}}),
        ),
        ("/session/offer/margin", json!(-1.0)),
        ("/session/placements", json!({"99999": "open"})),
        ("/session/band_column", json!("Shoe size")),
        ("/session/settings/features", json!([])),
    ];
    all.extend(edits.map(|(place, value)| with(project, place, value)));
    all
}

#[tokio::test]
async fn broken_projects_are_told_apart_and_change_nothing() -> Result {
    journey(async |page, _site| {
        decide(&page).await?;
        catch(&page).await?;
        let before = (shown(&page).await?, undo_tip(&page).await?);
        let project: Value = serde_json::from_str(&saved(&page, PROJECT).await?)?;
        let mut sentences = BTreeSet::new();
        let broken = broken(&project);
        assert!(broken.len() >= 20);
        for text in &broken {
            page.drop_file("broken.seamline.json", text).await?;
            page.find(".notice p").await?;
            let said = page.texts(".notice p").await?.concat();
            assert!(said.ends_with('.'), "{said}");
            sentences.insert(said);
            page.press("[aria-label='Close this message']").await?;
            assert_eq!((shown(&page).await?, undo_tip(&page).await?), before);
        }
        assert_eq!(sentences.len(), broken.len(), "{sentences:#?}");
        let after: Value = serde_json::from_str(&saved(&page, PROJECT).await?)?;
        assert_eq!(after, project);
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_file_that_is_asked_for_while_models_are_fitted_is_about_what_is_decided() -> Result {
    // Two steps and a file, while the first step is being fitted.
    const TWICE: &str = "const done = arguments[0], more = () => document.querySelector(\"[aria-label='One segment more']\").click();
        window.saved = null; more(); setTimeout(() => {
            more(); document.querySelector('[data-testid=export-segments-csv]').click();
            const look = () => window.saved ? done(window.saved) : setTimeout(look, 20); look();
        }, 150)";
    journey(async |page, _site| {
        page.click_words("button", "Mall visitors").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        catch(&page).await?;
        let found = page.script_async(TWICE, vec![]).await?;
        let file = found.as_str().unwrap_or_default();
        page.rest().await?;
        let mut rows = file.lines().filter(|line| !line.starts_with('#'));
        let header = rows.next().unwrap_or_default();
        let place = header.split(',').position(|name| name == "kmeans");
        let place = place.ok_or("the file has no segments of K-Means")?;
        let letters: BTreeSet<&str> = rows.filter_map(|row| row.split(',').nth(place)).collect();
        let legend = page.texts(".legend__entry").await?;
        let named = legend
            .iter()
            .filter(|entry| !entry.contains("ismatched"))
            .count();
        assert_eq!(letters.len(), named, "{legend:?}");
        Ok(())
    })
    .await
}
