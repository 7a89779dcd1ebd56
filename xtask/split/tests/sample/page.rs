//! A small page: what is reached by name, through a trait object, a static, and a function that two sides share.
#![no_std]

#[panic_handler]
fn stop(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

trait Panel {
    fn draw(&self, x: i32) -> i32;
}

struct Start(i32);
struct Chart(i32);

impl Panel for Start {
    #[inline(never)]
    fn draw(&self, x: i32) -> i32 {
        x * self.0 + 1
    }
}

impl Panel for Chart {
    #[inline(never)]
    fn draw(&self, x: i32) -> i32 {
        x * x * self.0 - 7
    }
}

#[inline(never)]
fn show(panel: &dyn Panel, x: i32) -> i32 {
    panel.draw(x)
}

/// Two functions of one body: the compiler keeps one of them.
#[inline(never)]
fn shared_early(x: i32) -> i32 {
    (x ^ 0x55).rotate_left(3)
}

#[inline(never)]
fn shared_late(x: i32) -> i32 {
    (x ^ 0x55).rotate_left(3)
}

#[inline(never)]
fn twice(x: i32) -> i32 {
    x * 2
}

#[inline(never)]
fn cube(x: i32) -> i32 {
    x * x * x
}

static EARLY: [fn(i32) -> i32; 2] = [twice, shared_early];
static LATE: [fn(i32) -> i32; 2] = [cube, shared_late];

static EARLY_NUMBERS: [i32; 12] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
static LATE_NUMBERS: [i32; 12] = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5];

pub mod later {
    use super::{Chart, LATE, LATE_NUMBERS, show};

    #[inline(never)]
    pub fn gate(x: i32) -> i32 {
        show(&Chart(x + 2), x) + LATE[(x & 1) as usize](x) + LATE_NUMBERS[(x & 7) as usize]
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn early(x: i32) -> i32 {
    show(&Start(x + 1), x) + EARLY[(x & 1) as usize](x) + EARLY_NUMBERS[(x & 7) as usize]
}

#[unsafe(no_mangle)]
pub extern "C" fn late(x: i32) -> i32 {
    later::gate(x)
}
