//! Same bytes, same settings, same version: the same result to the bit, here and in the browser (see `web.rs`).
//!
//! After an intended change of a result, copy all lines printed by the failure over those of the file in `tests/golden/expected.txt`.

mod golden;

#[test]
fn mall_visitors_give_every_expected_bit() {
    golden::check("mall");
}

#[test]
fn online_orders_give_every_expected_bit() {
    golden::check("orders");
}

#[test]
fn an_even_spread_gives_every_expected_bit() {
    golden::check("even");
}

#[test]
fn many_customers_give_every_expected_bit() {
    golden::check("many");
}
