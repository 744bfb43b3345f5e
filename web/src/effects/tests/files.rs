//! Files from the first byte to the list, and from the list to a file.

use futures_util::FutureExt;
use roster_core::ErrorKind;

use super::*;
use crate::export::{Format, Order, Target};
use crate::file_source::{FileBytes, FileLoad, FileSource, Upload};
use crate::picking::Pick;

/// A file in memory; it shrinks after it was opened if it is to.
struct InMemory {
    name: &'static str,
    content: Vec<u8>,
    len_bytes: u64,
}

impl FileBytes for InMemory {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn len_bytes(&self) -> u64 {
        self.len_bytes
    }

    fn modified(&self) -> UnixMs {
        NOW
    }

    fn part(&self, from_bytes: u64, to_bytes: u64) -> LocalBoxFuture<'static, Result<Vec<u8>, Error>> {
        let (from, to) = (usize::try_from(from_bytes).unwrap(), usize::try_from(to_bytes).unwrap());
        let part = self
            .content
            .get(from..to.min(self.content.len()))
            .unwrap_or_default()
            .to_vec();
        async move {
            yield_now().await;
            Ok(part)
        }
        .boxed_local()
    }
}

fn upload(name: &'static str, text: &str) -> Upload {
    let len_bytes = text.len() as u64;
    Upload::new(Rc::new(InMemory {
        name,
        content: text.as_bytes().to_vec(),
        len_bytes,
    }))
}

/// A file of about four megabytes.
fn large(n_users: usize) -> String {
    let user = |n: usize| format!(r#"{{"refId":"{n:08}","title":"{}"}}"#, "x".repeat(400));
    let users: Vec<String> = (0..n_users).map(user).collect();
    users.join("\n")
}

impl World {
    fn file(&self, name: &str) -> FileSource {
        let state = self.state();
        let found = state.files.iter().find(|file| file.name == name);
        (**found.unwrap_or_else(|| panic!("{name} is not open"))).clone()
    }

    async fn until_read(&self, name: &str) -> FileSource {
        let rests = |state: &State| state.files.iter().any(|file| file.name == name && !file.is_running());
        self.until("the file is read", rests).await;
        self.file(name)
    }
}

#[test]
fn files_need_no_proxy_and_each_is_a_source_of_its_own() {
    run(async {
        let world = World::new(with(&[]), Device::default());
        let curl = "HTTP/2 200\r\ncontent-type: application/json\r\n\r\n{\"data\":[{\"id\":\"9dd6\",\"work_platform\":{},\"full_name\":\"P\"}]}";
        let batch = r#"{"success":true,"users":[{"refId":"a","title":"A"},{"refId":"b","title":"B"}, 7]}"#;
        world.effects.open_files(vec![
            upload("curl.txt", curl),
            upload("batch.json", batch),
            upload("page.html", "<!doctype html>"),
            upload(
                "lines.ndjson",
                "{\"refId\":\"b\",\"title\":\"New\"}\n{\"refId\":\"c\",\"title\":\"C\"}\n",
            ),
        ]);
        let lines = world.until_read("lines.ndjson").await;
        assert_eq!(
            (world.file("curl.txt").provider, world.file("curl.txt").n_profiles()),
            (Some("insightiq"), 1)
        );
        let batch = world.file("batch.json");
        assert_eq!(
            (batch.load, batch.roll.len(), batch.roll.rejected.len()),
            (FileLoad::Done, 2, 1)
        );
        assert_eq!((lines.n_profiles(), lines.roll.len(), lines.roll.n_changed), (2, 1, 1));
        let FileLoad::Failed(error) = world.file("page.html").load else {
            panic!("it is no answer")
        };
        assert!(error.to_string().contains("found a web page"), "{error}");
        assert_eq!(world.state().index.len(), 4);
        assert_eq!(world.asked(""), Vec::<String>::new(), "nothing was asked of anybody");
    });
}

#[test]
fn a_file_that_is_closed_takes_its_profiles_along_and_no_others() {
    run(async {
        let world = World::settled(&[]).await;
        world
            .effects
            .open_files(vec![upload("f.json", r#"[{"refId":"mine","title":"Mine"}]"#)]);
        let file = world.until_read("f.json").await;
        assert_eq!(world.state().answer().total, 191);
        world.effects.close_file(file.id);
        world.until("it has left", |state| state.files.is_empty()).await;
        let state = world.state();
        assert_eq!((state.index.len(), state.index.find("ayrshare:mine")), (190, None));
    });
}

#[test]
fn a_large_file_is_read_part_by_part_and_stopping_leaves_no_trace() {
    run(async {
        let world = World::new(with(&[]), Device::default());
        let text = large(10_000);
        world.effects.open_files(vec![upload("large.ndjson", &text)]);
        let is_taking = |state: &State| {
            let load = state.files.first().map(|file| &file.load);
            matches!(load, Some(FileLoad::Reading { n_taken_bytes, .. }) if *n_taken_bytes > 0)
        };
        world.until("it is being taken in", is_taking).await;
        world.effects.stop_file(world.file("large.ndjson").id);
        let stopped = world.until_read("large.ndjson").await;
        assert_eq!((stopped.load, world.state().index.len()), (FileLoad::Stopped, 0));
        world.effects.open_files(vec![upload("again.ndjson", &text)]);
        assert_eq!(world.until_read("again.ndjson").await.n_profiles(), 10_000);
        assert_eq!(world.state().index.len(), 10_000);
    });
}

#[test]
fn a_file_that_breaks_off_says_where_and_what_is_loaded_stays() {
    run(async {
        let world = World::settled(&[]).await;
        let short = InMemory {
            name: "short.json",
            content: b"[{\"refId\":\"a\"}]".to_vec(),
            len_bytes: 4_000,
        };
        world.effects.open_files(vec![
            upload("broken.json", r#"[{"refId":"a","title":"A"},{"refId":"b""#),
            Upload::new(Rc::new(short)),
        ]);
        let short = world.until_read("short.json").await;
        let FileLoad::Failed(error) = world.file("broken.json").load else {
            panic!("it is broken")
        };
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("at byte 39, found the end"), "{error}");
        assert!(matches!(short.load, FileLoad::Failed(error) if error.to_string().contains("fewer")));
        assert_eq!(world.state().index.len(), 190);
    });
}

#[test]
fn a_huge_file_is_asked_about_first() {
    run(async {
        let world = World::new(with(&[]), Device::default());
        let huge = InMemory {
            name: "huge.json",
            content: Vec::new(),
            len_bytes: crate::file_source::LARGE_BYTES,
        };
        world.effects.open_files(vec![
            Upload::new(Rc::new(huge)),
            upload("small.json", r#"{"refId":"a","title":"A"}"#),
        ]);
        assert_eq!(world.until_read("small.json").await.load, FileLoad::Done);
        assert_eq!(
            world.file("huge.json").load,
            FileLoad::Asked,
            "and the others do not wait for the answer"
        );
    });
}

#[test]
fn all_that_match_leave_as_a_file_and_the_chosen_ones_by_the_clipboard() {
    run(async {
        let device = Device::default();
        let world = World::settled_on(device.clone(), &[]).await;
        let order = |format: Format, to: Target| Order {
            filter: roster_index::Filter::parse("source:ayrshare"),
            sort: roster_index::Sort::default(),
            now: NOW,
            picked: None,
            format,
            columns: vec![roster_index::Field::Ref, roster_index::Field::Title],
            has_bom: true,
            has_personal_data: false,
            to,
        };
        let is_written = |state: &State| state.written.as_ref().is_some_and(|written| written.is_done);
        world.effects.export(order(Format::Csv, Target::File));
        world.until("it is written", is_written).await;
        let file = device.borrow()["roster-profiles-2026-11-21.csv"].clone();
        assert!(
            file.starts_with("text/csv;charset=utf-8\n\u{feff}Id,Title\r\n"),
            "{file}"
        );
        assert_eq!(file.lines().count(), 2 + 100);

        let key = world.state().index.key(0).unwrap();
        world.act(Action::Picked(Pick::Toggled(key.clone())));
        let picked = Order {
            picked: Some(world.state().picked.clone()),
            ..order(Format::IdLines, Target::Clipboard)
        };
        world.act(Action::ExportHeard(None));
        world.effects.export(picked);
        world.until("it is copied", is_written).await;
        assert_eq!(
            device.borrow()["clipboard"],
            format!("{}\n", key.split_once(':').unwrap().1)
        );
    });
}
