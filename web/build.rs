//! Has the linker note what it knows of addresses: the viewer's data is divided by these notes (`roster-split`).

#[expect(
    clippy::disallowed_methods,
    reason = "Cargo tells a build script by the environment what it builds for"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
