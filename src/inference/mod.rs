//! Tests that hold after clustering: a group that was found in the data is compared with the others in a column that it was found by.
//!
//! A usual test asks how often chance parts two groups as far as this. Groups that were cut by a column differ in it by construction,
//! so its answer is "never", even in one bell. The selective p value asks how often chance parts them as far *given that the models
//! find this very group*:
//!
//! ```text
//! X ~ N(mu, I x Sigma)      customers independent, one covariance Sigma for all of them
//! nu                        1 / |A| on the members of a group A, -1 / |B| on the compared B, 0 elsewhere
//! T = nu' X_j               difference of the means in feature j;  under H0: nu' mu_j = 0 it is N(0, s^2),  s^2 = |nu|^2 Sigma_jj
//! X(phi) = X + (phi - T) nu / |nu|^2  Sigma_j. / Sigma_jj
//!                           the same data with that difference equal to phi; the rest is independent of T and held as it is
//! S = { phi : the models find A in X(phi) }
//! p = P( |phi| >= |T|  given  phi in S ),  phi ~ N(0, s^2)
//! ```
//!
//! Gao, Bien & Witten (2022, J. Am. Stat. Assoc. 119, 332-342) for trees, Chen & Witten (2023, J. Mach. Learn. Res. 24) for K-Means,
//! Chen & Gao (2023, arXiv 2311.16375) for a single feature with a covariance. Their closed forms of S know one linkage or one
//! start. Here S is found by fitting X(phi) again with the same settings, so every model has it. Only the connected part of S around T
//! is searched ([`Search`]): to condition on the part as well leaves the p value uniform under H0 and costs a little power.
//!
//! Sigma is estimated around the grand mean of all customers, which is too large where there are segments: the p value then is too
//! large as well for many customers (Gao, Bien & Witten, theorem 4, for one variance). With several correlated features simulations
//! stand for a proof (tests/calibration). Steps may pass over a hole in S that is narrower than they are.

mod contrast;
mod search;
mod tail;

pub use contrast::{Contrast, Side};
pub use search::{Search, selective_p};
pub use tail::{ln_upper_tail, z_of_ln_upper_tail};
