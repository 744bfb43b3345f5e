//! The keyboard: single keys that are commands while nobody is writing, and their names for the help.

use crate::view::View;

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Go to the query bar.
    Search,
    /// Go to the filters.
    Filters,
    /// Go so many cards on, or back.
    Pass(isize),
    /// Close what is open.
    Close,
    /// Copy the id of the card that has the focus.
    CopyId,
    /// Choose the card that has the focus, or everything up to it.
    Pick(bool),
    /// Take profiles along.
    Export,
    /// Draw the list like this.
    Show(View),
    /// Ask every source anew.
    Refresh,
    /// Show the help.
    Help,
}

/// A key with its command, its name for people, and whether it is a letter or sign that can be switched off.
pub struct Key {
    /// As browsers call it.
    pub key: &'static str,
    /// What it stands for.
    pub command: Command,
    /// What it does, in words.
    pub does: &'static str,
    /// Whether it prints something, so that speech and assistive input may send it unasked.
    pub is_printing: bool,
}

const fn key(key: &'static str, command: Command, does: &'static str) -> Key {
    Key {
        key,
        command,
        does,
        is_printing: true,
    }
}

/// The whole map, in the order of the help.
pub const KEYS: &[Key] = &[
    key("/", Command::Search, "Search or filter"),
    key("f", Command::Filters, "Go to the filters"),
    key("j", Command::Pass(1), "Next profile"),
    key("k", Command::Pass(-1), "Previous profile"),
    key("c", Command::CopyId, "Copy the profile's id"),
    key("x", Command::Pick(false), "Choose the profile, or not any more"),
    key("X", Command::Pick(true), "Choose everything up to the profile"),
    key("e", Command::Export, "Export"),
    key("1", Command::Show(View::Cards), "Cards"),
    key("2", Command::Show(View::Table), "Table"),
    key("3", Command::Show(View::Compact), "Compact lines"),
    key("r", Command::Refresh, "Ask the sources anew"),
    key("?", Command::Help, "This help"),
    Key {
        is_printing: false,
        ..key("Escape", Command::Close, "Close what is open, or step back")
    },
];

/// The command of a key, as far as keys that print something are switched on.
pub fn command(pressed: &str, has_keys: bool) -> Option<Command> {
    let found = KEYS.iter().find(|key| key.key == pressed)?;
    (has_keys || !found.is_printing).then_some(found.command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_can_be_switched_off_and_escape_cannot() {
        assert_eq!(command("j", true), Some(Command::Pass(1)));
        assert_eq!((command("j", false), command("?", false)), (None, None));
        assert_eq!(command("Escape", false), Some(Command::Close));
        assert_eq!(command("Tab", true), None);
    }

    #[test]
    fn no_key_stands_for_two_things() {
        for (place, key) in KEYS.iter().enumerate() {
            assert!(
                KEYS.iter().skip(place + 1).all(|other| other.key != key.key),
                "{}",
                key.key
            );
        }
    }
}
