//! Chromium and its driver: found, or installed on Debian-like systems if permitted.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Result, run};

/// The path of a chromedriver with its browser.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(driver) = find() {
        return Ok(driver);
    }
    let help = "The tests need Chromium and its driver: install the packages chromium and chromium-driver \
                (or set CHROMEDRIVER to the path of a chromedriver).";
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(help.into());
    }
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    let may_sudo = || {
        Command::new("sudo")
            .args(["-n", "true"])
            .output()
            .is_ok_and(|out| out.status.success())
    };
    if !is_root && !may_sudo() {
        return Err(help.into());
    }
    let apt = |arguments: &[&str]| {
        let mut command = if is_root {
            Command::new("apt-get")
        } else {
            Command::new("sudo")
        };
        if !is_root {
            command.arg("apt-get");
        }
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run("package list", &mut apt(&["update", "-q"]))?;
    run(
        "Chromium",
        &mut apt(&[
            "install",
            "-qy",
            "--no-install-recommends",
            "chromium",
            "chromium-driver",
        ]),
    )?;
    find().ok_or_else(|| help.into())
}

fn find() -> Option<PathBuf> {
    if let Some(driver) = std::env::var_os("CHROMEDRIVER")
        .map(PathBuf::from)
        .filter(|driver| driver.exists())
    {
        return Some(driver);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push("/usr/lib/chromium-browser".into());
    folders
        .into_iter()
        .map(|folder| folder.join("chromedriver"))
        .find(|driver| driver.exists())
}
