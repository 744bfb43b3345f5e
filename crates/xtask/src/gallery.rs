//! `cargo xtask gallery`: redraws the screenshots in `docs/` from the built viewer. `cargo xtask looks`: every state of it,
//! for people to look at.

use crate::browser::NO_BROWSER;
use crate::journeys::Stage;
use crate::{Outcome, browser, machine};

/// Draws the screenshots in `docs/`.
pub(crate) fn redraw() -> Outcome {
    stage()?
        .node()
        .arg("gallery.js")
        .arg(machine::root().join("docs"))
        .run()
}

/// Draws a sheet for each state, below the target folder; `part` of a name picks some of them.
pub(crate) fn draw_all(part: &[String]) -> Outcome {
    let folder = machine::target()?.join("looks");
    stage()?.node().arg("looks.js").arg(folder).args(part).run()
}

fn stage() -> Outcome<Stage> {
    Stage::ready()?.ok_or_else(|| format!("{NO_BROWSER}: {}", browser::ADVICE))
}
