//! Starts the viewer.

fn main() {
    roster_web::start();
}
