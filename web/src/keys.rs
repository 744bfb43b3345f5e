//! The keyboard: single keys that are commands while nobody is writing, and their names for the help.

use crate::view::{Tab, View};

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Go to the query bar.
    Search,
    /// Go to the filters.
    Filters,
    /// Go so many cards on, or back.
    Pass(isize),
    /// Open the profile whose card has the focus.
    Open,
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
    /// Show the list, or pictures of it.
    Go(Tab),
    /// Go so many cards on, or back, if the focus is in a list of cards.
    Page(isize),
    /// Hide the personal data that was shown.
    Mask,
    /// Ask every source anew.
    Refresh,
    /// Show the help.
    Help,
}

/// A key, or two one after the other, with its command, its name for people, and whether it is a letter or sign that can be switched off.
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

const fn control(key: &'static str, command: Command, does: &'static str) -> Key {
    Key {
        key,
        command,
        does,
        is_printing: false,
    }
}

/// The key after which another one makes a command.
pub const LEAD: &str = "g";

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
    key("g c", Command::Go(Tab::Charts), "Charts"),
    key("g p", Command::Go(Tab::Profiles), "Profiles"),
    key("m", Command::Mask, "Hide personal data that was shown"),
    key("r", Command::Refresh, "Ask the sources anew"),
    key("?", Command::Help, "This help"),
    control("Enter", Command::Open, "Open the profile that has the focus"),
    control("PageDown", Command::Page(1), "Next card, in the list"),
    control("PageUp", Command::Page(-1), "Previous card, in the list"),
    control("Escape", Command::Close, "Close what is open, or step back"),
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
    fn what_two_keys_stand_for_begins_with_the_one_that_leads() {
        assert_eq!(command("g c", true), Some(Command::Go(Tab::Charts)));
        assert_eq!((command("g c", false), command(LEAD, true)), (None, None));
        let two = KEYS.iter().filter_map(|key| key.key.split_once(' '));
        assert!(two.map(|(lead, _)| lead).all(|lead| lead == LEAD));
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
