//! The models as a bare wasm for the benchmarks: numbers in, one number out, NaN where a model cannot be fitted.
//!
//! The page writes the rows to the address given by [`input`], calls [`prepare`] once, then one model after another.
#![allow(
    unsafe_code,
    reason = "a function called by name from JavaScript needs an attribute that counts as unsafe"
)]

use std::cell::RefCell;
use std::ops::Range;

use seamline_kernels::cluster::gaussian_mixture::{GaussianMixture, GaussianMixtureParams};
use seamline_kernels::cluster::hdbscan::{Hdbscan, HdbscanParams};
use seamline_kernels::cluster::hierarchical::ward;
use seamline_kernels::cluster::k_means::{KMeans, KMeansParams};
use seamline_kernels::cluster::{FitError, Labels, Samples};
use seamline_kernels::numeric::Matrix;
use seamline_kernels::quality::silhouettes;
use seamline_kernels::table::{ReadOptions, Source, Table, Unreadable, read_table};

#[derive(Default)]
struct State {
    values: Vec<f64>,
    samples: Option<Samples>,
    labels: Option<Labels>,
    of_samples: Vec<u32>,
    table: Option<Table>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Reserves space for that many numbers and returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn input(n_values: usize) -> *mut f64 {
    STATE.with_borrow_mut(|state| {
        *state = State::default();
        state.values = vec![0.0; n_values];
        state.values.as_mut_ptr()
    })
}

/// Takes the numbers written, row by row, as samples; returns the number of distinct ones.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(n_features: usize) -> f64 {
    STATE.with_borrow_mut(|state| {
        let mut matrix = Matrix::with_features(n_features);
        for row in std::mem::take(&mut state.values).chunks_exact(n_features) {
            matrix.push_row(row.iter().copied());
        }
        state.samples = Samples::new(&matrix).ok();
        state
            .samples
            .as_ref()
            .map_or(f64::NAN, |samples| samples.n_distinct() as f64)
    })
}

/// Reads a file of that many bytes into typed columns and keeps them; returns the number of rows.
#[unsafe(no_mangle)]
pub extern "C" fn read(n_bytes: usize) -> usize {
    STATE.with_borrow_mut(|state| {
        state.table = None;
        let options = ReadOptions::default();
        state.table = read_table(&mut PageFile(n_bytes), &options, &mut |_| ()).ok();
        state.table.as_ref().map_or(0, Table::n_rows)
    })
}

/// The sum of all numbers of the table, column by column.
#[unsafe(no_mangle)]
pub extern "C" fn sum_of_columns() -> f64 {
    STATE.with_borrow(|state| {
        let columns = state.table.iter().flat_map(|table| &table.columns);
        columns.flat_map(|column| column.numbers.iter()).sum()
    })
}

/// A file held by the page.
struct PageFile(usize);

#[cfg(target_arch = "wasm32")]
#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Writes a range of the file to an address.
    fn slice(from: usize, to: usize, at: *mut u8);
}

impl Source for PageFile {
    fn n_bytes(&self) -> usize {
        self.0
    }

    #[cfg(target_arch = "wasm32")]
    fn read(&mut self, range: Range<usize>, into: &mut Vec<u8>) -> Result<(), Unreadable> {
        let at = into.len();
        into.resize(at + range.len(), 0);
        // SAFETY: the page writes as many bytes as the range is long, and there is space for them from `at` on.
        unsafe { slice(range.start, range.end, into[at..].as_mut_ptr()) };
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn read(&mut self, _: Range<usize>, _: &mut Vec<u8>) -> Result<(), Unreadable> {
        Err(Unreadable)
    }
}

/// Lloyd's iterations from the samples `0, n/k, 2n/k, ...`; returns the inertia and keeps the labels.
#[unsafe(no_mangle)]
pub extern "C" fn lloyd(n_clusters: usize, max_iter: usize) -> f64 {
    keep_k_means(|samples| {
        let mut start = Matrix::with_features(samples.n_features());
        for cluster in 0..n_clusters {
            let sample = samples.distinct_of[cluster * samples.n_samples() / n_clusters];
            start.push_row(samples.points.row(sample as usize).iter().copied());
        }
        KMeans::fit_from(samples, start, max_iter)
    })
}

/// K-Means as the app calls it; returns the inertia and keeps the labels.
#[unsafe(no_mangle)]
pub extern "C" fn k_means(n_clusters: usize, n_init: usize) -> f64 {
    keep_k_means(|samples| {
        let params = KMeansParams {
            n_clusters,
            n_init,
            ..Default::default()
        };
        KMeans::fit(samples, &params, &mut |_| ())
    })
}

/// One start and Lloyd's iterations; returns the inertia and keeps the labels.
#[unsafe(no_mangle)]
pub extern "C" fn k_means_once(n_clusters: usize) -> f64 {
    keep_k_means(|samples| {
        let params = KMeansParams {
            n_clusters,
            ..Default::default()
        };
        KMeans::fit_once(samples, &params)
    })
}

fn keep_k_means(fit: impl FnOnce(&Samples) -> Result<KMeans, FitError>) -> f64 {
    STATE.with_borrow_mut(|state| {
        let Some(Ok(model)) = state.samples.as_ref().map(fit) else {
            return f64::NAN;
        };
        state.labels = Some(model.labels);
        model.inertia
    })
}

/// Address of the labels that were kept.
#[unsafe(no_mangle)]
pub extern "C" fn labels() -> *const u32 {
    STATE.with_borrow_mut(|state| {
        if let (Some(samples), Some(labels)) = (&state.samples, &state.labels) {
            state.of_samples = labels.of_samples(samples);
        }
        state.of_samples.as_ptr()
    })
}

/// The whole tree of Ward's method; returns the height of its last merge.
#[unsafe(no_mangle)]
pub extern "C" fn ward_tree() -> f64 {
    with(|samples, _| {
        let tree = ward(samples, &mut |_| ());
        Some(tree.steps().last()?.height)
    })
}

/// Fits HDBSCAN; returns the length of the spanning tree.
#[unsafe(no_mangle)]
pub extern "C" fn hdbscan(min_cluster_size: usize, min_samples: usize) -> f64 {
    with(|samples, _| {
        let params = HdbscanParams {
            min_cluster_size,
            min_samples,
        };
        let model = Hdbscan::fit(samples, &params, &mut |_| ());
        Some(model.ok()?.tree_length)
    })
}

/// Iterations of EM from the kept labels, components with full covariances; returns the log-likelihood.
#[unsafe(no_mangle)]
pub extern "C" fn em(max_iter: usize) -> f64 {
    with(|samples, labels| {
        let params = GaussianMixtureParams {
            max_iter,
            // Never reached, so that all iterations are made.
            tol: -1.0,
            ..Default::default()
        };
        let mixture = GaussianMixture::fit(samples, &[labels?], &params, |_| ());
        Some(mixture.ok()?.log_likelihood)
    })
}

/// Mean silhouette of the kept labels over all samples.
#[unsafe(no_mangle)]
pub extern "C" fn silhouette() -> f64 {
    with(|samples, labels| {
        let judged = silhouettes(samples, &[labels?], samples.n_distinct(), 1, |_| ());
        Some(judged.ok()?.first()?.score)
    })
}

fn with(compute: impl FnOnce(&Samples, Option<&Labels>) -> Option<f64>) -> f64 {
    STATE.with_borrow(|state| {
        let result = state
            .samples
            .as_ref()
            .and_then(|samples| compute(samples, state.labels.as_ref()));
        result.unwrap_or(f64::NAN)
    })
}
