//! What every journey needs: a site, a browser, and customer files.

use std::path::{Path, PathBuf};

use crate::{Browser, Fault, Page, Result, Site};

/// Runs a journey in its own task, so that a failed assertion still closes the browser.
///
/// # Errors
/// The error that stopped the journey.
pub async fn journey<F, Fut>(steps: F) -> Result
where
    F: FnOnce(Page, Site) -> Fut,
    Fut: Future<Output = Result> + Send + 'static,
{
    journey_with(None, steps).await
}

/// The same in a window of this size.
///
/// # Errors
/// The error that stopped the journey.
pub async fn journey_at<F, Fut>(size: (u32, u32), steps: F) -> Result
where
    F: FnOnce(Page, Site) -> Fut,
    Fut: Future<Output = Result> + Send + 'static,
{
    journey_of(size, None, steps).await
}

/// The same on a site with a fault; the page may never become ready there.
///
/// # Errors
/// The error that stopped the journey.
pub async fn journey_with<F, Fut>(fault: Option<Fault>, steps: F) -> Result
where
    F: FnOnce(Page, Site) -> Fut,
    Fut: Future<Output = Result> + Send + 'static,
{
    journey_of((1440, 900), fault, steps).await
}

async fn journey_of<F, Fut>((width, height): (u32, u32), fault: Option<Fault>, steps: F) -> Result
where
    F: FnOnce(Page, Site) -> Fut,
    Fut: Future<Output = Result> + Send + 'static,
{
    let site = Site::start_with(fault)?;
    let browser = Browser::start(width, height).await?;
    // A window of Chromium is never as narrow as a phone: what the page sees is.
    let seen = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    let cdp = browser.driver.cdp();
    cdp.send_raw("Emulation.setDeviceMetricsOverride", seen)
        .await?;
    let page = match fault {
        None => Page::open(&browser.driver, &site).await?,
        Some(_) => Page::load(&browser.driver, &site).await?,
    };
    let outcome = tokio::spawn(steps(page, site)).await;
    browser.driver.clone().quit().await?;
    outcome?
}

/// A customer file of the shared test data, or a loud message that the journey was skipped.
pub fn customers(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SEAMLINE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = folder.join("data/customers").join(name);
    if let Ok(file) = file.canonicalize() {
        return Some(file);
    }
    use std::io::Write;
    let said = writeln!(
        std::io::stderr(),
        "SKIPPED: {} is not there, this journey was not made",
        file.display()
    );
    said.ok().and(None)
}
