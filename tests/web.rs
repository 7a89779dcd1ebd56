//! In a real browser, in a worker: the same bits as native.
#![cfg(target_arch = "wasm32")]

mod golden;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn mall_visitors_give_every_bit_like_native() {
    golden::check("mall");
}

#[wasm_bindgen_test]
fn online_orders_give_every_bit_like_native() {
    golden::check("orders");
}

#[wasm_bindgen_test]
fn an_even_spread_gives_every_bit_like_native() {
    golden::check("even");
}

#[wasm_bindgen_test]
fn many_customers_give_every_bit_like_native() {
    golden::check("many");
}
