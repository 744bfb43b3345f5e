//! `cargo xtask gallery`: redraws the screenshots in `docs/` from the built viewer.

use crate::browser::NO_BROWSER;
use crate::journeys::Stage;
use crate::{Outcome, browser, machine};

/// Draws all of them.
pub(crate) fn redraw() -> Outcome {
    let stage = Stage::ready()?.ok_or_else(|| format!("{NO_BROWSER}: {}", browser::ADVICE))?;
    stage.node().arg("gallery.js").arg(machine::root().join("docs")).run()
}
