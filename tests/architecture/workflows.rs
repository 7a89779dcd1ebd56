//! Permissions of the workflows, read from their text.

use std::path::Path;

/// Every workflow with its name.
fn workflows() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn actions_are_pinned_by_commit_with_their_version_beside() {
    let mut seen = 0;
    for (name, text) in workflows() {
        for used in text
            .lines()
            .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "))
        {
            let (action, version) = used.split_once(" # v").unwrap_or((used, ""));
            let commit = action.split_once('@').map_or("", |(_, commit)| commit);
            let is_commit = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{name}: {used}");
            seen += 1;
        }
    }
    assert!(seen >= 6, "only {seen} actions were found");
}

#[test]
fn workflows_may_only_read_and_one_job_may_deploy() {
    for (name, text) in workflows() {
        assert!(
            text.contains("\npermissions:\n  contents: read\n\n"),
            "{name}"
        );
        let writes = text.matches(": write").count();
        let may_write = if name.ends_with("pages.yml") { 2 } else { 0 };
        assert_eq!(writes, may_write, "{name}");
        let kept = text.matches("persist-credentials: false").count();
        assert_eq!(text.matches("actions/checkout@").count(), kept, "{name}");
    }
}
