//! The longest silence of a busy engine: the page reports a fault after five seconds.

use std::path::Path;
use std::time::{Duration, Instant};

use e2e::{Browser, Fault, Page, Result, Site};

/// Records in each worker the longest time during work without a message.
const NOTE: Fault = Fault::Appended(
    "engine.js",
    "
;{
  const post = self.postMessage.bind(self), channel = new BroadcastChannel('silence');
  let since = performance.now(), longest = 0;
  self.addEventListener('message', () => (since = performance.now()));
  self.postMessage = (message, ...rest) => {
    const now = performance.now();
    if (now - since > longest) channel.postMessage((longest = now - since));
    since = now;
    post(message, ...rest);
  };
}",
);

/// The longest silence, in milliseconds, while reading a file and comparing and judging three models.
pub(crate) async fn longest_silence(file: &Path) -> Result<f64> {
    let site = Site::start_with(Some(NOTE))?;
    let browser = Browser::start(1440, 900).await?;
    let page = Page::open(&browser.driver, &site).await?;
    let hear = "window.silence = 0; new BroadcastChannel('silence').onmessage = ({ data }) => (silence = Math.max(silence, data))";
    page.script(hear, vec![]).await?;
    page.choose(file).await?;
    page.press("[data-testid=use-customers]").await?;
    page.press("[data-testid=model-GaussianMixture]").await?;
    let since = Instant::now();
    let rests = "return document.querySelector('[data-testid=work]')?.dataset.state === 'idle'";
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if page.script(rests, vec![]).await? == true {
            break;
        }
        if since.elapsed() > Duration::from_mins(20) {
            return Err("the engine never rested".into());
        }
    }
    let silence = page.script("return silence", vec![]).await?;
    browser.driver.clone().quit().await?;
    Ok(silence.as_f64().unwrap_or(f64::NAN))
}
