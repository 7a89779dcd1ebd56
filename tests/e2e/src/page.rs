//! What a person does with the page, and what they read off it.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use thirtyfour::common::command::{Command, ExtensionCommand};
use thirtyfour::{By, WebDriver, WebElement};

use crate::{Result, Site};

/// The app in a window.
#[derive(Clone)]
pub struct Page {
    driver: WebDriver,
}

/// Nothing on these pages takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

impl Page {
    /// Opens the app and waits until it can be used.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn open(driver: &WebDriver, site: &Site) -> Result<Self> {
        driver.goto(site.address()).await?;
        let page = Self {
            driver: driver.clone(),
        };
        page.find(".app[data-engine=ready]").await?;
        Ok(page)
    }

    /// The first element, as soon as it is there.
    ///
    /// # Errors
    /// When it never comes.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        let start = Instant::now();
        loop {
            if let Ok(element) = self.driver.find(By::Css(css)).await {
                return Ok(element);
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{css} never came").into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The element of that test id.
    ///
    /// # Errors
    /// When it never comes.
    pub async fn part(&self, id: &str) -> Result<WebElement> {
        self.find(&format!("[data-testid='{id}']")).await
    }

    /// What a part says, as soon as it says `expected`.
    ///
    /// # Errors
    /// When it never does; with what it said last.
    pub async fn says(&self, id: &str, expected: &str) -> Result {
        let start = Instant::now();
        loop {
            // A part may be replaced between finding and reading it.
            let text = self.part(id).await?.text().await.unwrap_or_default();
            if text.contains(expected) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{id} never said {expected:?}, last {text:?}").into());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Gives a file to the file button.
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

    /// Drops a file with that content on the page.
    ///
    /// # Errors
    /// When the page takes no drop.
    pub async fn drop_file(&self, name: &str, content: impl AsRef<[u8]>) -> Result {
        self.drop_at_once(&[(name, content.as_ref())]).await
    }

    /// Drops several files one after another, with no time in between.
    ///
    /// # Errors
    /// When the page takes no drop.
    pub async fn drop_at_once(&self, files: &[(&str, &[u8])]) -> Result {
        const DROP: &str = "for (const [name, body] of arguments[0]) {
              const bytes = Uint8Array.from(body, (one) => one.charCodeAt(0)), transfer = new DataTransfer();
              transfer.items.add(new File([bytes], name, { type: 'text/csv' }));
              for (const kind of ['dragenter', 'dragover', 'drop'])
                document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
            }";
        // A character per byte, whatever the bytes mean.
        let text = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
        let files = files
            .iter()
            .map(|(name, bytes)| serde_json::json!([name, text(bytes)]));
        self.driver.execute(DROP, vec![files.collect()]).await?;
        Ok(())
    }

    /// Clicks a part.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn click(&self, id: &str) -> Result {
        Ok(self.part(id).await?.click().await?)
    }

    /// Chooses the option of that value.
    ///
    /// # Errors
    /// When there is no such list.
    pub async fn pick(&self, id: &str, value: &str) -> Result {
        const PICK: &str = "const [id, value] = arguments; const list = document.querySelector(`[data-testid='${id}']`);
            list.value = value; list.dispatchEvent(new Event('change', { bubbles: true }))";
        self.script(PICK, vec![id.into(), value.into()]).await?;
        Ok(())
    }

    /// Clicks the first element whose words are these.
    ///
    /// # Errors
    /// When there is none.
    pub async fn click_words(&self, tag: &str, words: &str) -> Result {
        let path = format!("//{tag}[contains(normalize-space(.), '{words}')]");
        Ok(self.driver.find(By::XPath(path)).await?.click().await?)
    }

    /// Waits until the engine rests.
    ///
    /// # Errors
    /// When it never does.
    pub async fn rest(&self) -> Result {
        let start = Instant::now();
        while self
            .part("work")
            .await?
            .attr("data-state")
            .await?
            .as_deref()
            != Some("idle")
        {
            if start.elapsed() > PATIENCE {
                return Err("the engine never rested".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
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
        Ok(self
            .driver
            .execute_async(script, arguments)
            .await?
            .json()
            .clone())
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
        Ok(severe
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }
}

/// Chromium's log of its console.
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
