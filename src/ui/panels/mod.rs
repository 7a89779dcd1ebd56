//! The parts of the screen that work on the state.

mod asked;
mod bands;
mod claims;
mod compare;
mod criteria;
mod customers;
mod derive;
mod filters;
mod inspector;
mod legend;
mod matrix;
mod models;
mod notice;
mod plot;
mod privacy;
mod rail;
mod review;
mod segments;
mod silhouettes;
mod start;
mod strip;
mod summary;
mod top_bar;
mod verdict;
mod what_if;
mod work_bar;

pub(super) use compare::Compare;
pub(super) use notice::Notice;
pub(super) use review::Data;
pub(super) use segments::Segments;
pub(super) use start::Start;
pub(super) use top_bar::TopBar;
pub(super) use work_bar::WorkBar;
