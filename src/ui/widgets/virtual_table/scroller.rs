//! What scrolls: the browser's numbers on one side, the place in the list on the other.

use std::time::Duration;

use leptos::html::{Div, Thead};
use leptos::prelude::*;
use web_sys::HtmlDivElement;

use crate::ui::hooks::use_size;
use crate::view::{Place, VirtualRows, Window};

/// A list that stands still this long rests.
const REST: Duration = Duration::from_millis(150);

/// A list in an element that scrolls.
#[derive(Clone, Copy)]
pub(super) struct Scroller {
    stage: NodeRef<Div>,
    head: NodeRef<Thead>,
    /// The rows and the part in sight.
    pub(super) list: Memo<VirtualRows>,
    /// Where the list is.
    pub(super) place: RwSignal<Place>,
    /// What is drawn.
    pub(super) window: Memo<Window>,
    /// Width and height of the element.
    pub(super) size: ReadSignal<(f64, f64)>,
    /// Pixels scrolled sideways.
    pub(super) scrolled_by: RwSignal<i32>,
    rest: StoredValue<Option<TimeoutHandle>>,
}

impl Scroller {
    pub(super) fn new(stage: NodeRef<Div>, head: NodeRef<Thead>, n: Signal<usize>) -> Self {
        let size = use_size(stage);
        // Heights of a row and of the part in sight; none before there is an element to ask.
        let heights = RwSignal::new((0.0, 0.0));
        let list = Memo::new(move |_| {
            let (row_height, viewport) = heights.get();
            VirtualRows {
                n: n.get(),
                row_height,
                viewport,
                limit: VirtualRows::LIMIT,
            }
        });
        let place = RwSignal::new(Place::default());
        let window = Memo::new(move |_| list.with(|list| list.window(place.get())));
        let scroller = Self {
            stage,
            head,
            list,
            place,
            window,
            size,
            scrolled_by: RwSignal::new(0),
            rest: StoredValue::new(None),
        };
        Effect::new(move |_| {
            let _follows_its_size = size.get();
            if let Some(measured) = scroller.measured()
                && measured != heights.get_untracked()
            {
                heights.set(measured);
            }
        });
        // Another number of rows, or another part in sight: the list stays at its rows, as far as it has them.
        Effect::new(move |before: Option<VirtualRows>| {
            let list = list.get();
            if before.is_some_and(|before| before != list) {
                let here = place.get_untracked();
                let there = list.at(here.offset);
                if there != here {
                    place.set(there);
                }
            }
            list
        });
        on_cleanup(move || scroller.hush());
        scroller
    }

    /// The element, while it is there.
    pub(super) fn stage(self) -> Option<HtmlDivElement> {
        self.stage.try_get_untracked().flatten()
    }

    /// Heights of a row, as the style sheet says, and of the part in sight.
    fn measured(self) -> Option<(f64, f64)> {
        let (stage, head) = (self.stage.get()?, self.head.get()?);
        let style = window().get_computed_style(&stage).ok().flatten()?;
        let row = style.get_property_value("--row").ok()?;
        let row = row.trim().trim_end_matches("px").parse().ok()?;
        let viewport = stage.client_height() - head.offset_height();
        Some((row, f64::from(viewport.max(0))))
    }

    /// The browser has scrolled.
    pub(super) fn scrolled(self) {
        let Some(stage) = self.stage() else {
            return;
        };
        if self.scrolled_by.get_untracked() != stage.scroll_left() {
            self.scrolled_by.set(stage.scroll_left());
        }
        let scroll_top = f64::from(stage.scroll_top());
        let here = self.place.get_untracked();
        // What this side has set comes back as an event too, rounded.
        if (scroll_top - here.scroll_top).abs() >= 1.0 {
            let list = self.list.get_untracked();
            self.move_to(list.scrolled(here, scroll_top));
        }
        self.hush();
        let settle = move || {
            if let Some(list) = self.list.try_get_untracked() {
                self.move_to(list.rested(self.place.get_untracked()));
            }
        };
        self.rest
            .set_value(set_timeout_with_handle(settle, REST).ok());
    }

    fn hush(self) {
        let timer = self.rest.try_update_value(Option::take);
        if let Some(timer) = timer.flatten() {
            timer.clear();
        }
    }

    /// Goes to an offset, or as near as there is.
    pub(super) fn go(self, offset: f64) {
        let list = self.list.get_untracked();
        self.move_to(list.at(offset));
    }

    fn move_to(self, place: Place) {
        if place != self.place.get_untracked() {
            self.place.set(place);
        }
        self.follow();
    }

    /// Puts the scroll bar where the place is.
    pub(super) fn follow(self) {
        let Some(stage) = self.stage() else {
            return;
        };
        let wanted = self.place.with_untracked(|place| place.scroll_top) as i32;
        if stage.scroll_top() != wanted {
            stage.set_scroll_top(wanted);
        }
    }

    /// Turns to the next columns; from the last back to the first.
    pub(super) fn turn(self) {
        let Some(stage) = self.stage() else {
            return;
        };
        let most = stage.scroll_width() - stage.client_width();
        let here = stage.scroll_left();
        let first = self.head.get_untracked();
        let first = first.and_then(|head| head.query_selector("th").ok().flatten());
        let fixed = first.map_or(0, |first| first.client_width());
        let by = (stage.client_width() - fixed).max(fixed).max(1);
        stage.set_scroll_left(if here + 1 < most { here + by } else { 0 });
    }
}
