//! A session as the browser stores it if the user wants: compact, for the same version of the program, checked when read.
//!
//! ```text
//! 4 bytes    version of the layout
//! the rest   Kept, in postcard's format
//! ```

use serde::{Deserialize, Serialize};

use super::{Project, ProjectError};

/// Version of the layout. Any change of the bytes' meaning needs a new one; a test fails otherwise.
const VERSION: u32 = 6;

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
        if u32::from_le_bytes(*version) != VERSION {
            return Err(KeepError::OtherVersion);
        }
        let (kept, rest): (Self, &[u8]) =
            postcard::take_from_bytes(rest).map_err(|_| KeepError::Broken)?;
        if !rest.is_empty() {
            return Err(KeepError::Broken);
        }
        kept.project
            .check_without_data()
            .map_err(KeepError::Project)?;
        Ok(kept)
    }
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
                "reading": {"delimiter": ";", "orders": {"customer": "id", "date": "day", "amount": "paid", "others": {"city": "most_frequent"}}, "keeps_totals": true, "date_form": "day_first", "date_forms": {"day": "month_first"}, "units": {"spending": "EUR"}, "missing": {"income": ["9999"]}, "lists": {"hobbies": ";"}},
                "roles": {"age": "profile"},
                "features": [{"column": "income"}, {"log": {"a": "spending"}}, {"ratio": {"a": "income", "b": "age"}}],
                "missing": "median",
                "repeats": "first",
                "scaling": "min_max",
                "models": ["k_means", "hierarchical", "gaussian_mixture"],
                "segment_column": "tier",
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
    fn a_layout_that_changes_gets_another_version() {
        let bytes = kept().pack().unwrap();
        let mark = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |mark, &byte| {
            (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        assert_eq!(
            (VERSION, format!("{mark:016x}").as_str()),
            (6, "41f0632536cd9238"),
            "what is kept by browsers would be read wrongly: raise VERSION, then put the mark here"
        );
    }
}
