use super::*;
use crate::providers::ayrshare::parse_batch_file;

/// Records and rejected ones of a file that comes in pieces of `size` bytes.
fn split(file: &[u8], size: usize) -> Result<(Vec<String>, Vec<String>), Error> {
    let mut splitter = Splitter::new("ayrshare", "refId");
    let (mut records, mut rejected) = (Vec::new(), Vec::new());
    for piece in file.chunks(size) {
        if let Some(page) = splitter.push(piece)? {
            records.extend(page.records.iter().map(|record| page.text(record).to_owned()));
            rejected.extend(page.rejected.iter().map(|one| format!("{} {}", one.path, one.raw)));
        }
    }
    splitter.finish()?;
    Ok((records, rejected))
}

#[test]
fn a_file_gives_the_same_users_whatever_the_pieces_it_comes_in() {
    let users = r#"[{"refId":"a]}\"\\", "n":[1,{"x":"é😀"}]} , 7, "x", {"title":"no id"},{"refId":"b"}]"#;
    let wrapped =
        format!(r#"{{"success":true,"tags":["a,b"],"none":[],"meta":{{"users":[{{}}]}},"users":{users},"count":2}}"#);
    for file in [format!("\n{users}\n"), wrapped] {
        let whole = parse_batch_file(file.as_bytes()).unwrap();
        let texts: Vec<_> = whole
            .records
            .iter()
            .map(|record| whole.text(record).to_owned())
            .collect();
        let rejected: Vec<_> = whole
            .rejected
            .iter()
            .map(|one| format!("{} {}", one.path, one.raw))
            .collect();
        assert_eq!((texts.len(), rejected.len()), (2, 3));
        for size in [1, 2, 3, 7, 16, 1000] {
            assert_eq!(
                split(file.as_bytes(), size).unwrap(),
                (texts.clone(), rejected.clone()),
                "{size}"
            );
        }
    }
}

#[test]
fn what_is_handed_out_is_forgotten() {
    let mut splitter = Splitter::new("ayrshare", "refId");
    let (mut n_records, mut most_kept) = (0, 0);
    splitter.push(b"[").unwrap();
    for index in 0..10_000 {
        let user = format!("{{\"refId\":\"{index:010}\",\"title\":\"{}\"}},", "x".repeat(100));
        n_records += splitter
            .push(user.as_bytes())
            .unwrap()
            .map_or(0, |page| page.records.len());
        most_kept = most_kept.max(splitter.buffer.capacity());
    }
    assert_eq!(n_records, 10_000);
    assert!(most_kept < 1024, "{most_kept} bytes were kept");
}

#[test]
fn the_last_page_is_known_to_be_the_last() {
    let mut splitter = Splitter::new("ayrshare", "refId");
    let first = splitter.push(br#"[{"refId":"a"},{"refId":"b"}"#).unwrap().unwrap();
    assert_eq!((first.records.len(), splitter.is_open()), (1, true));
    let last = splitter.push(b" ]").unwrap().unwrap();
    assert_eq!((last.records.len(), splitter.is_open()), (1, false));
}

#[test]
fn a_file_of_another_form_is_refused_with_the_reason() {
    let message = |file: &[u8]| split(file, 5).unwrap_err().to_string();
    assert!(message(b"<?xml version='1.0'?>").ends_with("found HTML or XML"));
    assert!(message(b"").ends_with("found the end of the body"));
    assert!(message(br#"[{"refId":"a"},"#).ends_with("found the end of the body"));
    assert!(message(br#"[{"refId":"a"}}"#).ends_with("expected the end of the list at $, found a brace"));
    assert!(message(br#"[{"refId":"a"}] x"#).ends_with("expected the end of the file at $, found more text"));
    assert!(message(br#"[{"refId":tru}]"#).ends_with("expected valid JSON from here at $[0], found other text"));
    assert!(message(b"[{\"refId\":\"\xff\"}]").contains("UTF-8"));
    assert!(message(b"{\"a\":1}").ends_with("0 such arrays"));
    assert!(message(br#"{"a":[{"refId":"x"}],"m":{"n":{}},"w":[1],"b":[{}]}"#).ends_with("2 such arrays"));
    assert!(message(b"7").ends_with("found other text"));
    assert!(message(b"[]]").contains("more text"));
}

#[test]
fn an_empty_list_is_no_users_and_a_list_of_words_is_none() {
    for file in ["[]", "{\"users\":[]}", " { \"users\" : [ ] , \"tags\": [1, \"b\"] } "] {
        assert_eq!(split(file.as_bytes(), 1).unwrap(), (vec![], vec![]), "{file}");
    }
}
