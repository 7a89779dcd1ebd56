//! Same bytes, same settings, same version: the same result to the bit, here and in the browser (see `web.rs`).

mod golden;

#[test]
fn every_bit_is_the_expected_one() {
    // After an intended change of a result, copy all lines printed by the failure into tests/golden/expected.txt.
    golden::check();
}
