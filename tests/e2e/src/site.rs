//! A static server that logs requests: `dist/` under a sub-path, as on GitHub Pages.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::Result;

/// Path of the app below the host.
const SUB_PATH: &str = "/repository/";

/// Faults of files whose names end like this, or begin and end like the parts around a `*`.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// They are missing.
    Missing(&'static str),
    /// They are delayed by this many seconds.
    Late(&'static str, u64),
    /// Their content is replaced.
    Replaced(&'static str, &'static [u8]),
    /// This is appended to their content.
    Appended(&'static str, &'static str),
    /// In their content, the first text is replaced by the second, of equal length.
    Changed(&'static str, [u8; 16], [u8; 16]),
}

impl Fault {
    /// What is served instead of a file's content.
    fn spoil(self, path: &str, mut content: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Replaced(ending, other) if is_named(path, ending) => other.to_vec(),
            Self::Appended(ending, more) if is_named(path, ending) => {
                content.extend(more.as_bytes());
                content
            }
            Self::Changed(ending, from, to) if is_named(path, ending) => {
                let places = content.windows(from.len()).enumerate();
                let places: Vec<usize> = places
                    .filter(|(_, bytes)| *bytes == from)
                    .map(|(at, _)| at)
                    .collect();
                for at in places {
                    content[at..at + to.len()].copy_from_slice(&to);
                }
                content
            }
            _ => content,
        }
    }
}

/// The server; it runs as long as the process.
#[derive(Clone)]
pub struct Site {
    port: u16,
    log: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves the folder in `DIST`, or the project's `dist`.
    ///
    /// # Errors
    /// When there is no build or no port.
    pub fn start() -> Result<Self> {
        Self::start_with(None)
    }

    /// The same with a fault.
    ///
    /// # Errors
    /// When there is no build or no port.
    pub fn start_with(fault: Option<Fault>) -> Result<Self> {
        let built = std::env::var_os("DIST").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"),
            PathBuf::from,
        );
        Self::serve_with(built, fault)
    }

    /// Serves a folder.
    ///
    /// # Errors
    /// When it contains no page, or there is no port.
    pub fn serve(built: PathBuf) -> Result<Self> {
        Self::serve_with(built, None)
    }

    fn serve_with(built: PathBuf, fault: Option<Fault>) -> Result<Self> {
        if !built.join("index.html").exists() {
            return Err(format!(
                "{} holds no build: run cargo xtask build first",
                built.display()
            )
            .into());
        }
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let site = Self {
            port: listener.local_addr()?.port(),
            log: Arc::default(),
        };
        let log = Arc::clone(&site.log);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (built, log) = (built.clone(), Arc::clone(&log));
                std::thread::spawn(move || answer(&stream, &built, fault, &log));
            }
        });
        Ok(site)
    }

    /// Address of the app.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{SUB_PATH}", self.port)
    }

    /// Requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.log.lock().map(|log| log.clone()).unwrap_or_default()
    }
}

/// Whether the name of a file matches.
fn is_named(path: &str, like: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    match like.split_once('*') {
        Some((start, end)) => name.starts_with(start) && name.ends_with(end),
        None => name.ends_with(like),
    }
}

fn answer(
    stream: &TcpStream,
    built: &Path,
    fault: Option<Fault>,
    log: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    let mut header = String::new();
    while reader.read_line(&mut header).ok()? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1)?.split('?').next()?.to_owned();
    log.lock().ok()?.push(path.clone());
    let is_missing = match fault {
        Some(Fault::Late(ending, seconds)) if is_named(&path, ending) => {
            std::thread::sleep(std::time::Duration::from_secs(seconds));
            false
        }
        Some(Fault::Missing(ending)) => is_named(&path, ending),
        _ => false,
    };
    let file = path
        .strip_prefix(SUB_PATH)
        .filter(|file| !is_missing && !file.contains(".."));
    let file = file.map(|file| if file.is_empty() { "index.html" } else { file });
    let content = file.and_then(|file| std::fs::read(built.join(file)).ok());
    let content = content.map(|content| match fault {
        Some(fault) => fault.spoil(&path, content),
        None => content,
    });
    let media_type = match file.and_then(|file| file.rsplit('.').next()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    let (status, body) = content.map_or(("404 Not Found", b"not found".to_vec()), |content| {
        ("200 OK", content)
    });
    let mut stream = stream;
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n").ok()?;
    stream.write_all(&body).ok()
}
