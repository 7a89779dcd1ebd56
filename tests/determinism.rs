//! Same bytes, same settings, same version: the same result to the bit, here and in the browser (see `web.rs`).

mod golden;

#[test]
fn every_bit_is_the_expected_one() {
    // After an intended change of a result: put the left value into tests/golden/expected.txt.
    assert_eq!(golden::digest(), golden::EXPECTED.trim());
}
