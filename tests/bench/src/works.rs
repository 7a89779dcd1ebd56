//! What is measured, on which data, compared with which peers, and the target.

use serde_json::{Value, json};

/// Size of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Data {
    pub(crate) n: usize,
    pub(crate) d: usize,
    pub(crate) form: Form,
}

/// How the data are generated and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Numbers around eight centres, in binary.
    Numbers,
    /// Customers in a file: an identifier, integers, amounts with two decimals.
    Csv,
}

impl Data {
    fn of(n: usize, d: usize, is_smoke: bool) -> Self {
        let n = if is_smoke { (n / 100).max(2_500) } else { n };
        let form = Form::Numbers;
        Self { n, d, form }
    }
}

/// A peer doing the same work.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// The request to the native peers, or to a library in the browser.
    pub(crate) ask: Value,
    pub(crate) is_native: bool,
    /// The target: how many times faster than the peer.
    pub(crate) wanted: Option<f64>,
}

/// When our result counts as equal to the peer's.
#[derive(Clone, Copy)]
pub(crate) enum Equal {
    /// Within this relative difference.
    Within(f64),
    /// Larger by at most this share.
    NotAbove(f64),
}

/// One line of the table.
pub(crate) struct Work {
    pub(crate) name: &'static str,
    pub(crate) data: Data,
    pub(crate) ask: Value,
    /// Work that must have run before on these data.
    pub(crate) before: Option<Value>,
    pub(crate) peers: Vec<Peer>,
    pub(crate) equal: Equal,
    pub(crate) repeats: usize,
    /// Untimed rounds before the timed ones.
    pub(crate) warm_ups: usize,
}

fn native(name: &'static str, ask: Value, wanted: Option<f64>) -> Peer {
    Peer {
        name,
        ask,
        is_native: true,
        wanted,
    }
}

fn in_browser(name: &'static str, ask: Value, wanted: f64) -> Peer {
    Peer {
        name,
        ask,
        is_native: false,
        wanted: Some(wanted),
    }
}

fn with_threads(ask: &Value, threads: usize) -> Value {
    let mut ask = ask.clone();
    ask["threads"] = json!(threads);
    ask
}

/// scikit-learn with one thread and with two threads.
fn scikit_learn(ask: &Value, wanted: f64) -> Vec<Peer> {
    vec![
        native("scikit-learn, 1 thread", with_threads(ask, 1), None),
        native(
            "scikit-learn, 2 threads",
            with_threads(ask, 2),
            Some(wanted),
        ),
    ]
}

/// All works; a smoke test has about a hundredth of the rows.
pub(crate) fn works(is_smoke: bool) -> Vec<Work> {
    let data = |n, d| Data::of(n, d, is_smoke);
    let repeats = |wanted| if is_smoke { 1 } else { wanted };
    let million = 1_000_000;
    let lloyd = |d, wanted| {
        let ask = json!({ "work": "lloyd", "k": 8, "iterations": 20 });
        Work {
            name: "Lloyd, same start, 20 iterations, k = 8",
            data: data(million, d),
            peers: scikit_learn(&ask, wanted),
            ask,
            before: None,
            // Our centroids are one update further.
            equal: Equal::Within(1e-3),
            repeats: repeats(5),
            warm_ups: 0,
        }
    };
    let ten_starts = json!({ "work": "k_means", "k": 8, "starts": 10 });
    let five = json!({ "work": "lloyd", "k": 5, "iterations": 5 });
    let eight = json!({ "work": "lloyd", "k": 8, "iterations": 20 });
    let em = json!({ "work": "em", "iterations": 10 });
    let mut works = vec![
        lloyd(2, 3.0),
        lloyd(4, 2.5),
        lloyd(8, 1.5),
        Work {
            name: "K-Means, ten starts, k = 8",
            data: data(million, 2),
            peers: scikit_learn(&ten_starts, 8.0),
            ask: ten_starts,
            before: None,
            equal: Equal::NotAbove(1e-6),
            repeats: repeats(5),
            warm_ups: 0,
        },
        Work {
            name: "EM, same start, 10 iterations, k = 5, full",
            data: data(million, 2),
            peers: scikit_learn(&em, 20.0),
            ask: em,
            before: Some(five),
            equal: Equal::Within(1e-6),
            repeats: repeats(5),
            warm_ups: 0,
        },
        Work {
            name: "exact silhouette, k = 8",
            data: data(10_000, 3),
            peers: scikit_learn(&json!({ "work": "silhouette" }), 30.0),
            ask: json!({ "work": "silhouette" }),
            before: Some(eight),
            equal: Equal::Within(1e-9),
            repeats: repeats(5),
            warm_ups: 0,
        },
    ];
    works.extend(
        [10_000, 2_000]
            .into_iter()
            .flat_map(|n| beside_ml_kmeans(n, is_smoke)),
    );
    works.extend(trees(is_smoke));
    works.extend(densities(is_smoke));
    works.push(reading(is_smoke));
    works
}

/// Reads a file of about 60 MB into typed columns.
fn reading(is_smoke: bool) -> Work {
    let peer = |name, wanted| in_browser(name, json!({ "work": name }), wanted);
    let form = Form::Csv;
    Work {
        name: "typed parse of a customer file",
        data: Data {
            form,
            ..Data::of(1_800_000, 6, is_smoke)
        },
        ask: json!({ "work": "read" }),
        before: None,
        peers: vec![
            peer("uDSV typedCols", 2.0),
            peer("uDSV typedArrs", 2.0),
            peer("Papa Parse dynamicTyping", 5.0),
        ],
        equal: Equal::Within(0.0),
        repeats: if is_smoke { 1 } else { 7 },
        warm_ups: usize::from(!is_smoke),
    }
}

/// K-Means on few rows, done in a moment.
fn beside_ml_kmeans(n: usize, is_smoke: bool) -> [Work; 2] {
    let work = |name, ask, of_peer, equal| Work {
        name,
        data: Data::of(n, 2, is_smoke),
        ask,
        before: None,
        peers: vec![in_browser("ml-kmeans", of_peer, 50.0)],
        equal,
        repeats: if is_smoke { 1 } else { 15 },
        warm_ups: if is_smoke { 0 } else { 5 },
    };
    [
        work(
            "Lloyd, same start, to the end, k = 8",
            json!({ "work": "lloyd", "k": 8, "iterations": 300 }),
            json!({ "work": "ml_kmeans", "k": 8, "iterations": 300 }),
            Equal::Within(1e-3),
        ),
        work(
            "K-Means, one start, k = 8",
            json!({ "work": "k_means_once", "k": 8 }),
            json!({ "work": "ml_kmeans_default", "k": 8 }),
            // Each draws its starts in its own way, and ends in its own optima.
            Equal::NotAbove(0.5),
        ),
    ]
}

/// Ward's method on increasing numbers of rows.
fn trees(is_smoke: bool) -> Vec<Work> {
    let data = |n, d| Data::of(n, d, is_smoke);
    let repeats = |wanted| if is_smoke { 1 } else { wanted };
    let million = 1_000_000;
    let ward = json!({ "work": "ward" });
    let fastcluster = |wanted| {
        native(
            "fastcluster linkage_vector",
            json!({ "work": "linkage_vector" }),
            Some(wanted),
        )
    };
    let tree = |data, peers, repeats| Work {
        name: "Ward, whole tree",
        data,
        ask: ward.clone(),
        before: None,
        peers,
        equal: Equal::Within(1e-10),
        repeats,
        warm_ups: 0,
    };
    vec![
        tree(
            data(10_000, 2),
            vec![
                native(
                    "fastcluster linkage",
                    json!({ "work": "linkage" }),
                    Some(40.0),
                ),
                fastcluster(4.0),
                native("SciPy linkage", json!({ "work": "scipy" }), None),
            ],
            repeats(5),
        ),
        tree(data(100_000, 2), vec![fastcluster(30.0)], repeats(5)),
        tree(data(million, 2), vec![], repeats(3)),
        tree(data(million, 3), vec![], repeats(3)),
        Work {
            name: "Ward, whole tree",
            data: Data {
                n: if is_smoke { 200 } else { 2_000 },
                d: 2,
                form: Form::Numbers,
            },
            ask: ward.clone(),
            before: None,
            peers: vec![in_browser(
                "ml-hclust",
                json!({ "work": "ml_hclust" }),
                50.0,
            )],
            equal: Equal::Within(1e-9),
            repeats: repeats(3),
            warm_ups: 0,
        },
    ]
}

/// HDBSCAN; scikit-learn's is quadratic in the rows.
fn densities(is_smoke: bool) -> [Work; 2] {
    let ask = json!({ "work": "hdbscan", "size": 50, "near": 5 });
    let work = |n, peers, repeats| Work {
        name: "HDBSCAN, clusters of 50, 5 near",
        data: Data::of(n, 2, is_smoke),
        ask: ask.clone(),
        before: None,
        peers,
        equal: Equal::Within(1e-9),
        repeats: if is_smoke { 1 } else { repeats },
        warm_ups: 0,
    };
    [
        work(20_000, scikit_learn(&ask, 20.0), 5),
        work(1_000_000, vec![], 3),
    ]
}
