//! A provider without a look of its own: drawn from the common view, with every field under "Other fields".

use roster_core::{AudienceKind, Profile, Status, Trouble, UnixMs, members};

use super::fact::{Block, Section, fact, known, others};
use super::{Face, Look, Mark, Subject, Tone, Value};
use crate::format::number;
use crate::icon::Icon;
use crate::texts;

pub(super) const LOOK: Look = Look {
    face,
    sheet,
    person: None,
};

/// The status of a profile as a mark.
pub(super) fn status_mark(profile: &Profile) -> Option<Mark> {
    let status = profile.status.value()?;
    let (tone, icon) = match status {
        Status::Active => (Tone::Good, Icon::Check),
        Status::Suspended => (Tone::Bad, Icon::Stop),
        Status::Other(_) => (Tone::Plain, Icon::Info),
    };
    Some(Mark {
        tone,
        icon: Some(icon),
        text: texts::status_word(status),
    })
}

/// The name of an audience, after its count.
pub(super) fn audience_word(kind: AudienceKind) -> &'static str {
    match kind {
        AudienceKind::Followers => "followers",
        AudienceKind::Following => "following",
        AudienceKind::Subscribers => "subscribers",
    }
}

/// The counts of an audience in one line; never added up.
pub(super) fn audience_line(profile: &Profile) -> Option<String> {
    let list = profile.audience.value()?;
    let told = list
        .iter()
        .map(|one| format!("{} {}", number(one.count), audience_word(one.kind)));
    Some(told.collect::<Vec<_>>().join(" · "))
}

/// A face from what cannot be read: the id is all that is known.
pub(super) fn unreadable(subject: &Subject) -> Face {
    Face {
        name: subject.id.to_owned(),
        marks: vec![Mark {
            tone: Tone::Warn,
            icon: Some(Icon::Warn),
            text: texts::profile::FORM_NOT_KNOWN.to_owned(),
        }],
        ..Face::default()
    }
}

fn face(subject: &Subject) -> Face {
    let Some(profile) = subject.profile() else {
        return unreadable(subject);
    };
    let mut face = Face {
        picture: profile.picture.value().cloned(),
        name: profile.title.clone(),
        second: profile.subtitle.value().cloned(),
        marks: status_mark(&profile).into_iter().collect(),
        at: profile.created.value().copied(),
        date: profile
            .created
            .value()
            .map(|at| texts::profile::created(*at, subject.now)),
        ..Face::default()
    };
    face.line("audience", audience_line(&profile));
    face
}

fn sheet(subject: &Subject) -> Vec<Section> {
    let profile = subject.profile();
    let overview = profile
        .as_ref()
        .map(|profile| overview(profile, subject.now))
        .unwrap_or_default();
    let all = members(subject.text).unwrap_or_default();
    let fields = all
        .iter()
        .map(|(key, raw)| fact(key, Value::Json(raw.to_owned())))
        .collect();
    vec![Section::new("overview", vec![overview]), others(fields, subject)]
}

fn overview(profile: &Profile, now: UnixMs) -> Block {
    let platforms = |list: Vec<roster_core::Platform>| {
        Value::Text(
            list.iter()
                .map(|platform| platform.title().to_owned())
                .collect::<Vec<_>>()
                .join(", "),
        )
    };
    let lines = |list: Vec<Trouble>| {
        Value::Text(
            list.iter()
                .map(|one| texts::trouble_line(one, now))
                .collect::<Vec<_>>()
                .join("; "),
        )
    };
    let mut facts = vec![
        fact("id", Value::Text(profile.id.clone())),
        known("status", profile.status.clone(), |status| {
            Value::Text(texts::status_word(&status))
        }),
        known("platforms", profile.platforms.clone(), platforms),
        known("trouble", profile.trouble.clone(), lines),
        known("created_at", profile.created, Value::Date),
        known("updated_at", profile.updated, Value::Date),
        known("picture", profile.picture.clone(), Value::Address),
    ];
    facts.extend(
        profile
            .links
            .iter()
            .map(|link| fact(link.title, Value::Address(link.href.clone()))),
    );
    Block::new(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(text: &str) -> Subject<'_> {
        Subject {
            provider: "upsun",
            id: "u1",
            text,
            parts: None,
            now: UnixMs(1_646_237_460_839),
            n_of_person: 0,
        }
    }

    #[test]
    fn a_provider_without_a_look_is_drawn_from_the_common_view_and_hides_no_field() {
        let text = r#"{"id":"u1","display_name":"Jane","created_at":"2022-03-02T16:11:00Z","extra":[1]}"#;
        let drawn = face(&subject(text));
        assert_eq!(
            (drawn.name.as_str(), drawn.date.as_deref()),
            ("Jane", Some("Created just now"))
        );
        let sections = sheet(&subject(text));
        let shown = |key: &str, value: &Value| {
            let facts = sections
                .iter()
                .flat_map(|section| &section.blocks)
                .flat_map(|block| &block.facts);
            facts.clone().any(|fact| fact.key == key && fact.value == *value)
        };
        assert!(shown("platforms", &Value::NotInApi) && shown("picture", &Value::NotSet));
        assert!(shown("extra", &Value::Json("[1]".to_owned())));
    }

    #[test]
    fn what_cannot_be_read_still_has_a_card_with_its_id() {
        let drawn = face(&subject("7"));
        assert_eq!((drawn.name.as_str(), drawn.marks.len()), ("u1", 1));
    }
}
