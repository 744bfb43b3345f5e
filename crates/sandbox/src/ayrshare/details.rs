//! `GET /user/details/pinterest`: the boards of the connected Pinterest account.
//!
//! What the API answers without one is not documented; the sandbox gives an empty list.

use super::ok_json;
use super::platforms::Platforms;
use super::user::{Who, bad_profile_key, who};
use crate::ask::Ask;
use crate::http::Response;
use crate::json::{Json, Object};

const BOARDS: &[&str] = &["Coworking", "Social Media Networks", "Sourdough 🥖", "للبيت"];

pub(crate) fn answer(ask: &Ask<'_>) -> Response {
    let (number, username) = match who(ask) {
        Ok(Who::Primary) => (u64::MAX, "roster.sandbox".to_owned()),
        Ok(Who::Member(member)) if member.platforms().has(Platforms::PINTEREST) => {
            (member.index, format!("demo.{}", member.index))
        }
        Ok(Who::Member(_)) => return ok_json(&Object::new().with("pinterest", Json::List(Vec::new())).into()),
        Ok(Who::Deleted) => return bad_profile_key(),
        Err(refused) => return refused,
    };
    let boards = BOARDS.iter().zip(0_u64..).map(|(name, place)| {
        let id = 718_465_015_000_000_000 + ask.lot.below("board", number ^ place, 1_000_000_000_000);
        Object::new()
            .with("privacy", "PUBLIC")
            .with("owner", Object::new().with("username", username.clone()))
            .with("id", id.to_string())
            .with("name", *name)
            .with("description", if place == 2 { "Bread, mostly." } else { "" })
    });
    ok_json(&Object::new().with("pinterest", Json::list(boards)).into())
}
