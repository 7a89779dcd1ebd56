//! What of a table is drawn, and where it is: the browser's numbers on one side, the place in the list on the other.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent};

use super::cells::renew;
use super::parts::{Parts, TableColumn};
use super::rows::{Focus, Rows, TableRow};
use crate::ui::hooks::focus_quietly;
use crate::view::{Place, RowStep, VirtualRows, Window};

/// A list that stands still this long rests.
const REST: Duration = Duration::from_millis(150);

/// What a table is like.
pub(in crate::ui) struct TableShape {
    /// Its columns.
    pub(in crate::ui) columns: Vec<TableColumn>,
    /// How many rows it has.
    pub(in crate::ui) n: usize,
    /// What the rows are: where that changes, the table starts at its first row.
    pub(in crate::ui) about: usize,
    /// What stands there instead of rows.
    pub(in crate::ui) empty: Option<&'static str>,
}

/// A row with the focus: it stays in the page wherever the list is.
#[derive(Clone, Copy)]
struct Focused {
    position: usize,
    key: usize,
}

/// A table in the page. A copy is the same table.
#[derive(Clone)]
pub(super) struct Drawn(Rc<RefCell<State>>);

struct State {
    redraw: Trigger,
    parts: Option<Parts>,
    columns: Vec<TableColumn>,
    size: (f64, f64),
    about: usize,
    list: VirtualRows,
    place: Place,
    window: Window,
    rows: Rows,
    focused: Option<Focused>,
    /// Position of a row that takes the focus once it is in the page.
    to_focus: Option<usize>,
    pointed: Option<usize>,
    scrolled_by: i32,
    timer: Option<TimeoutHandle>,
}

impl Drawn {
    pub(super) fn new(redraw: Trigger) -> Self {
        Self(Rc::new(RefCell::new(State {
            redraw,
            parts: None,
            columns: Vec::new(),
            size: (0.0, 0.0),
            about: 0,
            // Heights are known once there is an element to ask.
            list: VirtualRows {
                n: 0,
                row_height: 0.0,
                viewport: 0.0,
                limit: VirtualRows::LIMIT,
            },
            place: Place::default(),
            window: Window::default(),
            rows: Rows::default(),
            focused: None,
            to_focus: None,
            pointed: None,
            scrolled_by: 0,
            timer: None,
        })))
    }

    /// Does something with the state, unless that is at work: the browser tells of the focus while rows change.
    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> Option<T> {
        self.0
            .try_borrow_mut()
            .ok()
            .map(|mut state| act(&mut state))
    }

    /// Draws what is in sight.
    pub(super) fn draw(
        &self,
        stage: &HtmlElement,
        more: &HtmlElement,
        size: (f64, f64),
        shape: &TableShape,
        rows: Callback<(usize, usize), Vec<TableRow>>,
    ) {
        let focus = self.with(|state| {
            if state.parts.is_none() {
                state.parts = Parts::of(stage, more);
            }
            let parts = state.parts.clone()?;
            let on_head = state.take_shape(&parts, size, shape);
            let on_row = state.draw(&parts, rows);
            on_head.or(on_row)
        });
        if let Some(focus) = focus.flatten() {
            focus_quietly(&focus);
        }
    }

    /// Marks these rows, and no others.
    pub(super) fn mark(&self, marked: &[usize]) {
        self.with(|state| state.rows.mark(marked));
    }

    /// The browser has scrolled.
    pub(super) fn scrolled(&self) {
        self.with(State::scrolled);
        self.hush();
        let again = self.clone();
        let settle = move || {
            again.with(|state| {
                state.scrolled();
                state.move_to(state.list.rested(state.place));
            });
        };
        let timer = set_timeout_with_handle(settle, REST).ok();
        self.with(|state| state.timer = timer);
    }

    /// Nothing is to happen later.
    pub(super) fn hush(&self) {
        let timer = self.with(|state| state.timer.take());
        if let Some(timer) = timer.flatten() {
            timer.clear();
        }
    }

    /// Turns to the next columns.
    pub(super) fn turn(&self) {
        self.with(|state| state.parts.iter().for_each(Parts::turn));
    }

    /// Whether pointer or focus come to another row, or to none, by this.
    pub(super) fn points_at(&self, key: Option<usize>) -> bool {
        let before = self.with(|state| std::mem::replace(&mut state.pointed, key));
        before.is_some_and(|before| before != key)
    }

    /// The focus has come to a row, or left it.
    pub(super) fn has_focus(&self, key: Option<usize>) {
        self.with(|state| {
            let position = key.and_then(|key| state.rows.position(key));
            let focused = position.zip(key);
            state.focused = focused.map(|(position, key)| Focused { position, key });
        });
    }

    /// Moves by rows: the focus, where it is on one, or else the list.
    pub(super) fn on_key(&self, event: &KeyboardEvent) {
        let focus = self.with(|state| state.on_key(event)).flatten();
        if let Some(focus) = focus {
            focus_quietly(&focus);
        }
    }
}

impl State {
    /// Takes over what the table is like. Returns what takes the focus again.
    fn take_shape(
        &mut self,
        parts: &Parts,
        size: (f64, f64),
        shape: &TableShape,
    ) -> Option<HtmlElement> {
        // What the browser has scrolled by since it last said so counts: this side would take it back.
        self.place = self.scrolled_to(parts);
        let mut focus = None;
        let mut list = self.list;
        list.n = shape.n;
        let is_first = self.list.row_height == 0.0;
        if is_first || list.n != self.list.n || shape.about != self.about {
            parts.set_count(shape.n, shape.empty);
        }
        if shape.columns != self.columns || size != self.size {
            let heads = |columns: &[TableColumn]| {
                let heads = columns.iter().map(|it| it.head.clone());
                heads.collect::<Vec<_>>()
            };
            focus = renew(&parts.head, &heads(&self.columns), &heads(&shape.columns));
            parts.set_columns(&shape.columns);
            parts.name_columns(&shape.columns);
            self.columns.clone_from(&shape.columns);
            self.size = size;
            list.row_height = parts.row_height().unwrap_or_default();
            list.viewport = parts.viewport();
        }
        let here = self.place;
        if shape.about != self.about {
            self.about = shape.about;
            self.place = Place::default();
        } else if list != self.list {
            // The list stays at its rows, as far as it has them.
            self.place = list.at(here.offset);
        }
        self.list = list;
        focus
    }

    /// Puts the rows in sight into the page. Returns what takes the focus.
    fn draw(
        &mut self,
        parts: &Parts,
        rows: Callback<(usize, usize), Vec<TableRow>>,
    ) -> Option<HtmlElement> {
        let window = self.list.window(self.place);
        self.window = window;
        let in_window = rows.run((window.first, window.last)).into_iter();
        let mut wanted: Vec<_> = (window.first..).zip(in_window).collect();
        let (mut above, mut below) = (window.above, window.below);
        let beside = self.focused.filter(|focused| {
            let in_window = (window.first..window.last).contains(&focused.position);
            focused.position < self.list.n && !in_window
        });
        if let Some(Focused { position, key }) = beside {
            let row = rows.run((position, position + 1)).pop();
            if let Some(row) = row.filter(|row| row.key == key) {
                // It stands right beside those in sight and takes the room of one of the others.
                if position < window.first {
                    above = (above - self.list.row_height).max(0.0);
                    wanted.insert(0, (position, row));
                } else {
                    below = (below - self.list.row_height).max(0.0);
                    wanted.push((position, row));
                }
            }
        }
        parts.set_room(above, below);
        let focus = match self.rows.show(&parts.body, wanted) {
            Focus::Stays => None,
            Focus::On(button) => Some(button),
            Focus::Lost => {
                self.focused = None;
                Some(parts.stage().clone())
            }
        };
        self.follow();
        let to_focus = self.to_focus.take();
        let to_focus = to_focus.and_then(|position| self.rows.button(position));
        to_focus.or(focus)
    }

    fn scrolled(&mut self) {
        let Some(parts) = self.parts.clone() else {
            return;
        };
        if self.scrolled_by != parts.stage().scroll_left() {
            self.scrolled_by = parts.stage().scroll_left();
            parts.name_columns(&self.columns);
        }
        self.move_to(self.scrolled_to(&parts));
    }

    /// Where the browser has scrolled to.
    fn scrolled_to(&self, parts: &Parts) -> Place {
        let scroll_top = f64::from(parts.stage().scroll_top());
        // What this side has set is read back rounded.
        if (scroll_top - self.place.scroll_top).abs() >= 1.0 {
            self.list.scrolled(self.place, scroll_top)
        } else {
            self.place
        }
    }

    /// Goes to an offset, or as near as there is.
    fn go(&mut self, offset: f64) {
        self.move_to(self.list.at(offset));
    }

    fn move_to(&mut self, place: Place) {
        self.place = place;
        self.follow();
        if self.list.window(place) != self.window {
            self.redraw.notify();
        }
    }

    /// Puts the scroll bar where the place is.
    fn follow(&self) {
        let stage = self.parts.as_ref().map(Parts::stage);
        let wanted = self.place.scroll_top as i32;
        if let Some(stage) = stage.filter(|stage| stage.scroll_top() != wanted) {
            stage.set_scroll_top(wanted);
        }
    }

    /// Returns what takes the focus.
    fn on_key(&mut self, event: &KeyboardEvent) -> Option<HtmlElement> {
        self.scrolled();
        let (list, offset) = (self.list, self.place.offset);
        let focused = self.focused.map(|focused| focused.position);
        if event.key() == "Tab"
            && let Some(row) = focused
        {
            // The next stop is beside this row only where this row is.
            self.go(list.revealing(row, offset));
            return None;
        }
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return None;
        }
        let step = RowStep::of_key(&event.key())?;
        event.prevent_default();
        let Some(row) = focused else {
            self.go(list.offset_after(offset, step));
            return None;
        };
        let row = list.row_after(row, step);
        self.go(list.revealing(row, offset));
        // One that is not in the page yet takes the focus once it is.
        let button = self.rows.button(row);
        if button.is_none() {
            self.to_focus = Some(row);
        }
        button
    }
}
