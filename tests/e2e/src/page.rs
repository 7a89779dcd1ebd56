//! Actions of a user on the page, and what a user reads there.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use thirtyfour::common::command::{Command, ExtensionCommand};
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::{Result, Site};

/// The app in a window.
#[derive(Clone)]
pub struct Page {
    driver: WebDriver,
}

/// The page is drawn asynchronously, so missing parts are looked for repeatedly.
struct Patience {
    since: Instant,
}

impl Patience {
    /// No page in these tests takes longer.
    const LIMIT: Duration = Duration::from_secs(60);

    fn begin() -> Self {
        Self {
            since: Instant::now(),
        }
    }

    /// Waits a moment, or fails with this message.
    async fn or(&self, words: impl FnOnce() -> String) -> Result {
        if self.since.elapsed() > Self::LIMIT {
            return Err(words().into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        Ok(())
    }
}

impl Page {
    /// The page in the window.
    pub fn of(driver: &WebDriver) -> Self {
        Self {
            driver: driver.clone(),
        }
    }

    /// Opens the app and waits until it can be used.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn open(driver: &WebDriver, site: &Site) -> Result<Self> {
        let page = Self::load(driver, site).await?;
        page.find(".app[data-engine=ready]").await?;
        Ok(page)
    }

    /// Opens the app and waits for its first screen.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn load(driver: &WebDriver, site: &Site) -> Result<Self> {
        driver.goto(site.address()).await?;
        let page = Self::of(driver);
        page.find(".app").await?;
        Ok(page)
    }

    /// The first matching element, as soon as it exists.
    ///
    /// # Errors
    /// When it never appears.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        let patience = Patience::begin();
        loop {
            if let Ok(element) = self.driver.find(By::Css(css)).await {
                return Ok(element);
            }
            patience.or(|| format!("{css} never came")).await?;
        }
    }

    /// The element with that test id.
    ///
    /// # Errors
    /// When it never appears.
    pub async fn part(&self, id: &str) -> Result<WebElement> {
        self.find(&format!("[data-testid='{id}']")).await
    }

    /// Waits until a part shows the text `expected`.
    ///
    /// # Errors
    /// When it never does; with its last text.
    pub async fn says(&self, id: &str, expected: &str) -> Result {
        let patience = Patience::begin();
        loop {
            // A part may be replaced between finding and reading it.
            let text = self.part(id).await?.text().await.unwrap_or_default();
            if text.contains(expected) {
                return Ok(());
            }
            patience
                .or(|| format!("{id} never said {expected:?}, last {text:?}"))
                .await?;
        }
    }

    /// Chooses a file with the file button.
    ///
    /// # Errors
    /// When there is no button.
    pub async fn choose(&self, file: &Path) -> Result {
        Ok(self
            .find("#file")
            .await?
            .send_keys(file.to_string_lossy())
            .await?)
    }

    /// Answers a dialog of the browser; returns its text.
    ///
    /// # Errors
    /// When there is none.
    pub async fn answer(&self, is_yes: bool) -> Result<String> {
        let patience = Patience::begin();
        let words = loop {
            match self.driver.get_alert_text().await {
                Ok(words) => break words,
                Err(_) => patience.or(|| "the browser never asked".into()).await?,
            }
        };
        if is_yes {
            self.driver.accept_alert().await?;
        } else {
            self.driver.dismiss_alert().await?;
        }
        Ok(words)
    }

    /// Drops a file with that content on the page.
    ///
    /// # Errors
    /// When the page accepts no drop.
    pub async fn drop_file(&self, name: &str, content: impl AsRef<[u8]>) -> Result {
        self.drop_at_once(&[(name, content.as_ref())]).await
    }

    /// Drops several files one after another without a pause.
    ///
    /// # Errors
    /// When the page accepts no drop.
    pub async fn drop_at_once(&self, files: &[(&str, &[u8])]) -> Result {
        const DROP: &str = "for (const [name, body] of arguments[0]) {
              const bytes = Uint8Array.from(body, (one) => one.charCodeAt(0)), transfer = new DataTransfer();
              transfer.items.add(new File([bytes], name, { type: 'text/csv' }));
              for (const kind of ['dragenter', 'dragover', 'drop'])
                document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
            }";
        // One character per byte, for any bytes.
        let text = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
        let files = files
            .iter()
            .map(|(name, bytes)| serde_json::json!([name, text(bytes)]));
        self.driver.execute(DROP, vec![files.collect()]).await?;
        Ok(())
    }

    /// Drops several files together.
    ///
    /// # Errors
    /// When the page accepts no drop.
    pub async fn drop_together(&self, files: &[(&str, &str)]) -> Result {
        const DROP: &str = "const transfer = new DataTransfer();
            for (const [name, text] of arguments[0]) transfer.items.add(new File([text], name));
            for (const kind of ['dragenter', 'dragover', 'drop'])
              document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));";
        let files = files
            .iter()
            .map(|(name, text)| serde_json::json!([name, text]));
        self.driver.execute(DROP, vec![files.collect()]).await?;
        Ok(())
    }

    /// Clicks a part, as soon as it can be clicked.
    ///
    /// # Errors
    /// When it never can be.
    pub async fn click(&self, id: &str) -> Result {
        self.click_at(By::Css(format!("[data-testid='{id}']")))
            .await
    }

    /// Clicks the first element with this text, as soon as it can be clicked.
    ///
    /// # Errors
    /// When it never can be.
    pub async fn click_words(&self, tag: &str, words: &str) -> Result {
        self.click_at(By::XPath(format!(
            "//{tag}[contains(normalize-space(.), '{words}')]"
        )))
        .await
    }

    async fn click_at(&self, place: By) -> Result {
        let patience = Patience::begin();
        loop {
            // An element may be replaced before the click; then it is looked for again.
            let clicked = match self.driver.find(place.clone()).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            let Err(error) = clicked else { return Ok(()) };
            patience
                .or(|| format!("no click on {place:?}: {error}"))
                .await?;
        }
    }

    /// Clicks an element that a user could reach only by scrolling, or that is there only for a moment.
    ///
    /// # Errors
    /// When it never appears.
    pub async fn press(&self, css: &str) -> Result {
        self.act(css, "element.click(); return true", Value::Null)
            .await
    }

    /// Enters a value into a field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn set(&self, css: &str, value: &str) -> Result {
        const SET: &str = "element.value = wanted;
            element.dispatchEvent(new Event('change', { bubbles: true })); return true";
        self.act(css, SET, value.into()).await
    }

    /// Chooses an option by its value, its text, or its position (a number).
    ///
    /// # Errors
    /// When there is never such an option.
    pub async fn pick(&self, id: &str, option: impl Into<Value>) -> Result {
        const PICK: &str = "const place = typeof wanted === 'number' ? wanted
                : [...element.options].findIndex((one) => one.value === wanted || one.text === wanted);
            if (!element.options[place]) return false;
            element.selectedIndex = place;
            element.dispatchEvent(new Event('change', { bubbles: true })); return true";
        self.act(&format!("[data-testid='{id}']"), PICK, option.into())
            .await
    }

    /// Turns the wheel over an element, notch by notch with so many pixels each, as a mouse does.
    ///
    /// # Errors
    /// When the element never appears.
    pub async fn wheel(&self, css: &str, notches: u32, pixels: f64) -> Result {
        const MIDDLE: &str = "const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: 'center' });
            const place = element.getBoundingClientRect();
            return [place.left + place.width / 2, place.top + place.height / 2]";
        self.find(css).await?;
        let middle = self.script(MIDDLE, vec![css.into()]).await?;
        let (x, y) = (&middle[0], &middle[1]);
        let (x, y) = (x.as_f64().unwrap_or(0.0), y.as_f64().unwrap_or(0.0));
        for notch in 0..notches {
            // A hand is never quite still: what is under the pointer changes meanwhile.
            let x = x + f64::from(notch % 2);
            for kind in ["mouseMoved", "mouseWheel"] {
                let event = serde_json::json!({ "type": kind, "x": x, "y": y, "deltaX": 0.0, "deltaY": pixels });
                let cdp = self.driver.cdp();
                cdp.send_raw("Input.dispatchMouseEvent", event).await?;
            }
        }
        Ok(())
    }

    /// Clicks with the mouse at a point of the window, whatever is there.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn press_at(&self, x: &Value, y: &Value) -> Result {
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = serde_json::json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
            let cdp = self.driver.cdp();
            cdp.send_raw("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Presses a key, wherever the focus is.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn key(&self, key: Key) -> Result {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Acts on an element as soon as it exists and is enabled.
    async fn act(&self, css: &str, what: &str, wanted: Value) -> Result {
        let script = format!(
            "const [css, wanted] = arguments, element = document.querySelector(css);
            if (!element) return false;
            {what}"
        );
        let patience = Patience::begin();
        while self
            .script(&script, vec![css.into(), wanted.clone()])
            .await?
            != true
        {
            patience
                .or(|| format!("{css} never came or never had {wanted}"))
                .await?;
        }
        Ok(())
    }

    /// Waits until the engine is idle.
    ///
    /// # Errors
    /// When it never does.
    pub async fn rest(&self) -> Result {
        const RESTS: &str =
            "return document.querySelector('[data-testid=work]')?.dataset.state === 'idle'";
        let patience = Patience::begin();
        while self.script(RESTS, vec![]).await? != true {
            patience.or(|| "the engine never rested".into()).await?;
        }
        Ok(())
    }

    /// Runs a script and returns its value.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that answers through its last argument.
    ///
    /// # Errors
    /// When the script throws or never answers.
    pub async fn script_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let reply = self.driver.execute_async(script, arguments).await?;
        Ok(reply.json().clone())
    }

    /// Runs a script at the start of every page loaded from now on; returns its name.
    ///
    /// # Errors
    /// When the browser does not accept it.
    pub async fn inject(&self, script: &str) -> Result<Value> {
        const ADD: &str = "Page.addScriptToEvaluateOnNewDocument";
        let source = serde_json::json!({ "source": script });
        Ok(self.driver.cdp().send_raw(ADD, source).await?)
    }

    /// Removes such a script.
    ///
    /// # Errors
    /// When there is none with that name.
    pub async fn withdraw(&self, name: Value) -> Result {
        const REMOVE: &str = "Page.removeScriptToEvaluateOnNewDocument";
        self.driver.cdp().send_raw(REMOVE, name).await?;
        Ok(())
    }

    /// Reloads the page, without the question on leaving.
    ///
    /// # Errors
    /// When the page does not start.
    pub async fn reload(&self) -> Result {
        // The question on leaving is for users.
        const GO: &str = "window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true });
            window.onbeforeunload = null";
        self.script(GO, vec![]).await?;
        self.driver.refresh().await?;
        self.find(".app[data-engine=ready]").await?;
        Ok(())
    }

    /// Texts of all elements that match.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())";
        Ok(serde_json::from_value(
            self.script(script, vec![css.into()]).await?,
        )?)
    }

    /// An attribute of all elements that match.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn attributes(&self, css: &str, name: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.getAttribute(arguments[1]))";
        Ok(serde_json::from_value(
            self.script(script, vec![css.into(), name.into()]).await?,
        )?)
    }

    /// Errors that the browser wrote to its console.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let reply = self
            .driver
            .cmd(Command::ExtensionCommand(Box::new(BrowserLog)))
            .await?;
        let entries: Vec<Value> = reply.value()?;
        let severe = entries
            .into_iter()
            .filter(|entry| entry["level"] == "SEVERE");
        // A page without user interaction may not ask on leaving; the browser logs the attempt.
        let of_page =
            |message: &String| !message.contains("Blocked attempt to show a 'beforeunload'");
        Ok(severe
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .filter(of_page)
            .collect())
    }
}

/// Chromium's console log.
#[derive(Debug)]
struct BrowserLog;

impl ExtensionCommand for BrowserLog {
    fn parameters_json(&self) -> Option<Value> {
        Some(serde_json::json!({ "type": "browser" }))
    }

    fn method(&self) -> http::Method {
        http::Method::POST
    }

    fn endpoint(&self) -> std::sync::Arc<str> {
        "/se/log".into()
    }
}
