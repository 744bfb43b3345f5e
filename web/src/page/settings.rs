//! What a person chose of the screen: shown by marks on the root element, and kept on this device.

use roster_index::Field;
use web_sys::Storage;

use super::{address, document, is_narrow, mark_root, say, storage, store, stored, window};
use crate::format::Zone;
use crate::state::{self, Settings};
use crate::table;
use crate::theme::{Contrast, Theme};
use crate::view::{Density, View};

const THEME_KEY: &str = "roster.theme";
const ZONE_KEY: &str = "roster.zone";
const CONTRAST_KEY: &str = "roster.contrast";
const PICTURES_KEY: &str = "roster.pictures";
const VIEW_KEY: &str = "roster.view";
const DENSITY_KEY: &str = "roster.density";
const COLUMNS_KEY: &str = "roster.columns";
const KEYS_KEY: &str = "roster.keys";

/// What the page knows at the start.
pub(crate) fn settings() -> Settings {
    Settings {
        theme: stored_theme(),
        zone: stored(ZONE_KEY).map_or(Zone::Local, |_| Zone::Utc),
        contrast: stored(CONTRAST_KEY).map_or(Contrast::System, |word| Contrast::from_word(&word)),
        density: stored(DENSITY_KEY).map_or(Density::Roomy, |_| Density::Dense),
        has_pictures: stored_pictures(),
        view: stored(VIEW_KEY)
            .and_then(|word| View::from_word(&word))
            .unwrap_or_default(),
        columns: stored(COLUMNS_KEY).and_then(|text| table::columns(&text)),
        has_keys: stored(KEYS_KEY).as_deref() != Some("off"),
        page_address: address::whole(),
        is_narrow: is_narrow(),
        storage: probed(),
    }
}

/// Whether anything can be kept on this device.
fn probed() -> state::Storage {
    const PROBE: &str = "roster.probe";
    let is_kept = |storage: Storage| storage.set_item(PROBE, PROBE).is_ok() && storage.remove_item(PROBE).is_ok();
    if storage().is_some_and(is_kept) {
        state::Storage::Kept
    } else {
        state::Storage::Refused
    }
}

/// The theme that was chosen here before.
fn stored_theme() -> Option<Theme> {
    stored(THEME_KEY).map(|word| Theme::from_word(&word))
}

/// Shows a theme.
pub(crate) fn show_theme(theme: Theme) {
    mark_root("data-theme", Some(theme.word()).filter(|_| theme != Theme::System));
}

/// Keeps a chosen theme.
pub(crate) fn store_theme(theme: Theme) {
    store(THEME_KEY, Some(theme.word()));
}

/// Shows a contrast, and keeps the choice.
pub(crate) fn show_contrast(contrast: Contrast) {
    let word = Some(contrast.word()).filter(|_| contrast != Contrast::System);
    mark_root("data-contrast", word);
    store(CONTRAST_KEY, word);
}

/// Keeps the zone of dates.
pub(crate) fn store_zone(zone: Zone) {
    store(ZONE_KEY, (zone == Zone::Utc).then_some("utc"));
}

/// Shows things close together, or not, and keeps the choice. What was measured is measured anew.
pub(crate) fn show_density(density: Density) {
    const DENSITY: &str = "data-density";
    let word = (density == Density::Dense).then_some("dense");
    let root = document().and_then(|document| document.document_element());
    let (Some(window), Some(root)) = (window(), root) else {
        return;
    };
    if root.get_attribute(DENSITY).as_deref() == word {
        return;
    }
    store(DENSITY_KEY, word);
    mark_root(DENSITY, word);
    say(&window, "resize");
}

/// Whether pictures were allowed here before.
fn stored_pictures() -> bool {
    stored(PICTURES_KEY).as_deref() == Some("shown")
}

/// Keeps whether pictures are allowed.
pub(crate) fn store_pictures(has_pictures: bool) {
    store(PICTURES_KEY, Some(if has_pictures { "shown" } else { "hidden" }));
}

/// Keeps how the list is drawn.
pub(crate) fn store_view(view: View) {
    store(VIEW_KEY, Some(view.word()));
}

/// Keeps the table's columns; `None` for the usual ones.
pub(crate) fn store_columns(columns: Option<&[Field]>) {
    store(COLUMNS_KEY, columns.map(table::columns_text).as_deref());
}

/// Keeps whether single letters are commands.
pub(crate) fn store_keys(has_keys: bool) {
    store(KEYS_KEY, Some(if has_keys { "on" } else { "off" }));
}
