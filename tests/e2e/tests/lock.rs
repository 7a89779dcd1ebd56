//! What the page removes from itself before it reads a file, in addition to its policy.

use e2e::{Browser, Page, Result, Site};
use serde_json::Value;
use thirtyfour::WebDriver;

/// Ways to a WebRTC connection, each an expression for a window or the promise of one.
const WAYS: [(&str, &str); 8] = [
    ("the page itself", "window"),
    ("a frame", "(body.append(frame), frame.contentWindow)"),
    ("a frame by its number", "(body.append(frame), window[0])"),
    ("a frame in HTML", "(box.innerHTML = '<iframe></iframe>', window[0])"),
    (
        "an object, whose frame comes later",
        "(box.innerHTML = '<object data=\"about:blank\"></object>',
          new Promise((resolve) => setTimeout(() => resolve(window[0]), 200)))",
    ),
    (
        "a frame in a shadow tree",
        "(box.attachShadow({ mode: 'open' }).append(frame), frame.contentWindow)",
    ),
    (
        "a parsed shadow tree",
        "(box.append(...Document.parseHTMLUnsafe('<p><template shadowrootmode=\"open\"><iframe></iframe></template>').body.children),
          box.firstChild.shadowRoot.firstChild.contentWindow)",
    ),
    ("a popup", "window.open('about:blank')"),
];

/// Tries a way; returns the state of the connection or the error, and the number of frames left.
const TRY: &str = "const [done] = arguments, body = document.body;
    const frame = document.createElement('iframe'), box = body.appendChild(document.createElement('div'));
    let connection = null, failure = null;
    const connect = async (other) => {
      connection = new other.RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:9' }] });
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
    };
    (async () => connect(await (WAY)))().catch((error) => { failure = error.name; });
    setTimeout(() => { done([failure ?? connection?.signalingState, window.length]); connection?.close(); box.remove(); frame.remove(); }, 500)";

/// The result of each way on the page in the window.
async fn attempts(driver: &WebDriver) -> Result<Vec<(&'static str, Value)>> {
    let mut found = Vec::new();
    for (name, way) in WAYS {
        let tried = driver
            .execute_async(TRY.replace("WAY", way), vec![])
            .await?;
        found.push((name, tried.json().clone()));
    }
    Ok(found)
}

#[tokio::test]
async fn no_frame_and_no_popup_gives_the_page_a_connection() -> Result {
    let site = Site::start()?;
    let browser = Browser::start(800, 600).await?;
    let page = Page::open(&browser.driver, &site).await?;
    let locked = attempts(&browser.driver).await?;
    page.find(".app[data-engine=ready]").await?;
    // A page on the same host without the lock, where each way works.
    let open = format!("{}404.html", site.address());
    browser.driver.goto(open).await?;
    let unlocked = attempts(&browser.driver).await?;
    browser.driver.clone().quit().await?;
    for (name, found) in locked {
        assert_ne!(found[0], "have-local-offer", "{name}: {found}");
        assert_eq!(found[1], 0, "{name}: {found}");
    }
    for (name, found) in unlocked {
        assert_eq!(found[0], "have-local-offer", "{name}: {found}");
    }
    Ok(())
}
