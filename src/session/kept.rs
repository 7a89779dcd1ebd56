//! A session as the browser stores it if the user wants: compact, for the same version of the program, checked when read.
//!
//! ```text
//! 4 bytes    version of the layout
//! the rest   Kept, in postcard's format
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{DataMark, Project, ProjectError};
use crate::cluster::ModelKey;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::HierarchicalParams;
use crate::cluster::k_means::Centres;
use crate::features::{Feature, Missing, Repeats, Scaling};
use crate::table::{ColumnKind, Decimal, Header, ReadOptions, Role};

/// Version of the layout. Any change of the bytes' meaning needs a new one; a test fails otherwise.
const VERSION: u32 = 5;
/// The last one before filters could decide whom the models use: settings had no filters, and the session ended before the switch.
const BEFORE_REFITS: u32 = 4;
/// The last one before order lines could be made into customers, which the reading has had as its last field since then.
const BEFORE_ORDERS: u32 = 3;
/// The earliest version still read. It ends before the columns marked as given, which the session has had after all of those since then.
const BEFORE_GIVEN: u32 = 2;

/// What the browser stores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The session, and the data that it belongs to.
    pub project: Project,
    /// Whether the data are to be stored too.
    pub with_data: bool,
}

/// How much the browser stores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeepChoice {
    /// Nothing.
    #[default]
    Nothing,
    /// The decisions.
    Decisions,
    /// The decisions and the file.
    File,
}

impl KeepChoice {
    /// All, from little to much.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Decisions, Self::File];
}

/// Why nothing can be stored, or what was stored cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub enum KeepError {
    /// The browser offers no storage.
    NoStorage,
    /// The browser denies the page its storage.
    Refused,
    /// The storage does not respond.
    Blocked,
    /// The storage is full.
    Full,
    /// The storage failed.
    Failed,
    /// What was kept was removed meanwhile, in another tab or by the browser.
    Forgotten,
    /// It was stored by another version of the program.
    OtherVersion,
    /// The bytes are not a session.
    Broken,
    /// A choice in the session makes no sense.
    Project(ProjectError),
}

impl Kept {
    /// The bytes to store; `None` if they cannot be written, which does not happen to a valid session.
    pub fn pack(&self) -> Option<Vec<u8>> {
        let mut bytes = VERSION.to_le_bytes().to_vec();
        bytes.extend(postcard::to_allocvec(self).ok()?);
        Some(bytes)
    }

    /// Reads what was stored and checks it without the data; the engine reads the rules when it opens the session.
    ///
    /// # Errors
    /// [`KeepError`].
    pub fn unpack(bytes: &[u8]) -> Result<Self, KeepError> {
        let (version, rest) = bytes.split_first_chunk().ok_or(KeepError::Broken)?;
        let mut rest = rest.to_vec();
        let version = u32::from_le_bytes(*version);
        if !(BEFORE_GIVEN..=VERSION).contains(&version) {
            return Err(KeepError::OtherVersion);
        }
        if version <= BEFORE_ORDERS {
            let end = end_of_reading(&rest).ok_or(KeepError::Broken)?;
            // No customers made of lines.
            rest.insert(end, 0);
        }
        if version <= BEFORE_GIVEN {
            // No columns, before the one byte that follows the session.
            rest.insert(rest.len().saturating_sub(1), 0);
        }
        if version <= BEFORE_REFITS {
            let end = end_of_left_out(&rest).ok_or(KeepError::Broken)?;
            // No filters in the settings, and none that decide.
            rest.insert(end, 0);
            rest.insert(rest.len().saturating_sub(1), 0);
        }
        let (kept, rest): (Self, &[u8]) =
            postcard::take_from_bytes(&rest).map_err(|_| KeepError::Broken)?;
        if !rest.is_empty() {
            return Err(KeepError::Broken);
        }
        kept.project
            .check_without_data()
            .map_err(KeepError::Project)?;
        Ok(kept)
    }
}

/// The bytes after a value.
fn after<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<&'a [u8]> {
    let taken: Result<(T, &[u8]), _> = postcard::take_from_bytes(bytes);
    taken.ok().map(|(_, rest)| rest)
}

/// Where the rows left out end, after which settings have had filters since those decide whom the models use.
fn end_of_left_out(bytes: &[u8]) -> Option<usize> {
    let rest = after::<(String, u64, String, DataMark)>(bytes)?;
    let rest = after::<(ReadOptions, BTreeMap<String, Role>, Option<Vec<Feature>>)>(rest)?;
    let rest = after::<(Missing, Repeats, Scaling, BTreeSet<ModelKey>, Centres)>(rest)?;
    let rest = after::<(HierarchicalParams, CovarianceType, Option<usize>)>(rest)?;
    let rest = after::<(BTreeMap<ModelKey, usize>, usize, BTreeSet<u32>)>(rest)?;
    Some(bytes.len() - rest.len())
}

/// Where the choices of reading end in what was kept before they ended with order lines.
fn end_of_reading(bytes: &[u8]) -> Option<usize> {
    // Format, version, program and data of the project.
    let rest = after::<(String, u64, String, DataMark)>(bytes)?;
    // Encoding, delimiter, quote, header, decimal.
    let rest = after::<(Option<String>, Option<char>, Option<char>, Option<Header>)>(rest)?;
    let rest = after::<(Option<Decimal>, BTreeMap<String, Decimal>)>(rest)?;
    // Kinds, repairs of texts, sheet.
    let rest = after::<(BTreeMap<String, ColumnKind>, bool, Option<String>)>(rest)?;
    Some(bytes.len() - rest.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;
    use crate::session::{DataMark, Session};

    /// An example with a value in every field.
    fn kept() -> Kept {
        let session = serde_json::json!({
            "settings": {
                "reading": {"delimiter": ";", "orders": {"customer": "id", "date": "day", "amount": "paid", "others": {"city": "most_frequent"}}},
                "roles": {"age": "profile"},
                "features": [{"column": "income"}, {"log": {"a": "spending"}}, {"ratio": {"a": "income", "b": "age"}}],
                "missing": "median",
                "repeats": "first",
                "scaling": "min_max",
                "models": ["k_means", "hierarchical", "gaussian_mixture"],
                "centres": "medians",
                "hierarchical": {"linkage": "average", "metric": "manhattan"},
                "covariance": "tied",
                "n_clusters": 4,
                "own_n_clusters": {"hierarchical": 5}
            },
            "names": {"0": "Savers"},
            "groups": [{"name": "Some", "rows": [[1, 4], [9, 9]]}],
            "filters": {"income": {"range": {"min": 1.0, "max": 90.0}}, "gender": {"values": {"codes": [0]}}},
            "bands": {"spending": [20.0, 40.0]},
            "band_column": "spending",
            "rules": null,
            "placements": {"3": {"segment": 1}, "7": "open"},
            "view": {"axes": {"x": "income", "y": "log spending"}, "look": {"card": 3}},
            "given": {"income": true},
            "refits": true
        });
        let session: Session = serde_json::from_value(session).unwrap();
        let data = DataMark {
            name: "mall.csv".into(),
            n_rows: 200,
            columns: vec!["income".into(), "spending".into()],
            fingerprint: "0123456789abcdef".into(),
        };
        let mut project = Project::new(&session, data);
        "0".clone_into(&mut project.program);
        Kept {
            project,
            with_data: true,
        }
    }

    #[test]
    fn what_is_kept_comes_back_and_nothing_else_does() {
        let kept = kept();
        let bytes = kept.pack().unwrap();
        assert_eq!(Kept::unpack(&bytes).unwrap(), kept);
        for n_bytes in 0..bytes.len() {
            let error = Kept::unpack(&bytes[..n_bytes]).unwrap_err();
            assert_eq!(error, KeepError::Broken, "{n_bytes}");
        }
        let other = [[9, 0, 0, 0].as_slice(), &bytes[4..]].concat();
        assert_eq!(Kept::unpack(&other).unwrap_err(), KeepError::OtherVersion);
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(Kept::unpack(&longer).unwrap_err(), KeepError::Broken);
        // Any bytes give a session or an error.
        let mut rng = Rng::new(7);
        for _ in 0..2_000 {
            let mut bytes = bytes.clone();
            let at = 4 + rng.below(bytes.len() - 4);
            bytes[at] = rng.below(256) as u8;
            if let Ok(kept) = Kept::unpack(&bytes) {
                kept.project.check_without_data().unwrap();
            }
        }
    }

    #[test]
    fn what_was_kept_before_the_last_fields_still_opens() {
        let kept = Kept {
            project: Project::new(&Session::default(), kept().project.data),
            with_data: false,
        };
        let mut earlier = kept.pack().unwrap();
        // No filters, and no switch before the byte behind the session.
        let left_out = 4 + end_of_left_out(&earlier[4..]).unwrap();
        assert_eq!(earlier.remove(left_out), 0);
        assert_eq!(earlier.pop(), Some(0));
        earlier[0] = 4;
        assert_eq!(Kept::unpack(&earlier).unwrap(), kept);
        let reading = 4 + end_of_reading(&earlier[4..]).unwrap();
        // No order lines.
        assert_eq!(earlier.remove(reading), 0);
        earlier[0] = 3;
        assert_eq!(Kept::unpack(&earlier).unwrap(), kept);
        earlier[0] = 2;
        let end = earlier.len();
        // The empty list of marks and the byte behind it.
        assert_eq!(earlier[end - 2..], [0, 0]);
        earlier.remove(end - 2);
        assert_eq!(Kept::unpack(&earlier).unwrap(), kept);
    }

    #[test]
    fn a_layout_that_changes_gets_another_version() {
        let bytes = kept().pack().unwrap();
        let mark = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |mark, &byte| {
            (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        assert_eq!(
            (VERSION, format!("{mark:016x}").as_str()),
            (5, "1aa8cc6d19ba3aec"),
            "what is kept by browsers would be read wrongly: raise VERSION, then put the mark here"
        );
    }
}
