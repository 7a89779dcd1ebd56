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
mod keep;
mod legend;
mod matrix;
mod models;
mod no_result;
mod notice;
mod plot;
mod rail;
mod review;
mod save_menu;
mod segments;
mod silhouettes;
mod strip;
mod summary;
mod top_bar;
mod verdict;
mod visible;
mod what_if;
mod work_bar;

pub(super) use compare::Compare;
pub(super) use inspector::close as close_card;
pub(super) use keep::{GoOn, KeepPanel, Kept};
pub(super) use notice::Notice;
pub(super) use review::Data;
pub(super) use segments::Segments;
pub(super) use top_bar::{Save, Steps, Tabs};
pub(super) use work_bar::WorkBar;
