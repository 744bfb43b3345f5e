//! What the bindings say, and the files that stand beside the program.

use roster_gateway::page_headers;
use roster_sandbox::keys;

use crate::book::Book;

const KEY: &str = "CANARY-KEY-0123456789";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn bound(name: &str) -> Option<String> {
    let text = match name {
        "KEY" | "PROFILE" | "PASSWORD" => KEY,
        "USER" => "client-id",
        "TOKEN" => TOKEN,
        "QUOTED" => "'CANARY-KEY'",
        _ => return None,
    };
    Some(text.to_owned())
}

fn read(text: &str) -> Book {
    Book::read(text, &bound)
}

#[test]
fn without_a_section_the_sandbox_plays_everything() {
    for text in ["{}", r#"{"allowed_hosts":["roster.example.com"]}"#] {
        let book = read(text);
        assert_eq!(book.missing(), Vec::<&str>::new());
        let sources = book.describe().sources;
        assert!(sources.len() == 3 && sources.iter().all(|source| source.is_demo && source.is_ready));
    }
}

#[test]
fn a_section_is_read_as_the_native_configuration_is() {
    let book = read(
        r#"{"allowed_hosts":["127.0.0.1:8787"],
            "ayrshare":{"environment":"app","key_env":"KEY","profiles":{"brand-a":{"env":"PROFILE"}}},
            "insightiq":{"user_env":"USER","password_env":"PASSWORD"},
            "upsun":{"source":"sandbox"}}"#,
    );
    assert_eq!(book.missing(), Vec::<&str>::new());
    let sources = book.describe().sources;
    let found: Vec<_> = sources
        .iter()
        .map(|one| (one.environment.as_str(), one.is_demo))
        .collect();
    assert_eq!(found, [("app", false), ("production", false), ("sandbox", true)]);
    assert_eq!(sources[0].profiles, ["brand-a"]);
    assert_eq!(
        book.get("ayrshare").map(|source| source.base_url.clone()),
        Ok("https://app.ayrshare.com/api".into())
    );
}

#[test]
fn a_secret_that_is_not_bound_is_named_and_its_source_is_not_asked() {
    let book = read(r#"{"upsun":{"key_env":"UNSET"},"ayrshare":{"key_env":"KEY"}}"#);
    assert_eq!(book.missing(), ["expected the secret UNSET, which is not bound"]);
    let sources = book.describe().sources;
    assert!(sources[0].is_ready && !sources[2].is_ready);
    let refusal = book
        .get("upsun")
        .and_then(|source| source.keys().map(drop))
        .unwrap_err();
    assert_eq!(
        (refusal.status, refusal.problem.problem_type.as_str()),
        (503, "urn:problem:not-ready")
    );
}

#[test]
fn a_mistake_is_named_without_the_secret_and_nothing_is_asked() {
    for (text, expected) in [
        ("[", "in the configuration ROSTER: "),
        (r#"{"upsum":{}}"#, "unknown field `upsum`"),
        (r#"{"upsun":{"kee_env":"KEY"}}"#, "at upsun: unknown field `kee_env`"),
        (
            r#"{"upsun":{"environment":"x","key_env":"KEY"}}"#,
            "expected one of upsun, platformsh at upsun.environment",
        ),
        (
            r#"{"upsun":{"base_url":"http://10.0.0.1","key_env":"KEY"}}"#,
            "expected an https URL with a host name at upsun.base_url",
        ),
        (
            r#"{"upsun":{}}"#,
            "expected the name of a secret at upsun.key_env, found none",
        ),
        (
            r#"{"upsun":{"key_env":"QUOTED"}}"#,
            "expected the key without quotes in the secret QUOTED",
        ),
        (
            r#"{"access":{"tokens":{"ci":{"env":"KEY"}}}}"#,
            "expected a token of at least 32 characters; `openssl rand -hex 32` makes one, in the secret KEY",
        ),
    ] {
        let book = read(text);
        let missing = book.missing().join("\n");
        assert!(
            missing.contains(expected) && !missing.contains("CANARY"),
            "{text}: {missing}"
        );
    }
}

#[test]
fn live_sources_under_a_public_name_need_tokens() {
    let public = r#""allowed_hosts":["roster.example.com"],"upsun":{"key_env":"KEY"}"#;
    let open = read(&format!("{{{public}}}"));
    assert!(open.missing()[0].starts_with("expected [access] in the configuration ROSTER"));
    assert_eq!(open.get("upsun").map(drop).unwrap_err().status, 503);
    let guarded = read(&format!(
        r#"{{{public},"access":{{"tokens":{{"ci":{{"env":"TOKEN"}}}}}}}}"#
    ));
    assert_eq!(guarded.missing(), Vec::<&str>::new());
    assert!(guarded.get("upsun").is_ok());
}

#[test]
fn the_assets_have_the_headers_of_the_native_shell() {
    let file = include_str!("../assets/_headers");
    let mut lines: Vec<&str> = file.lines().skip(1).map(str::trim).collect();
    lines.sort_unstable();
    let headers = page_headers();
    let mut expected: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    expected.sort();
    let lower: Vec<String> = lines
        .iter()
        .map(|line| {
            line.split_once(": ")
                .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
        })
        .map(Option::unwrap)
        .collect();
    assert_eq!(file.lines().next(), Some("/*"));
    assert_eq!(lower, expected);
}

#[test]
fn the_secrets_of_the_local_run_are_those_of_the_sandbox() {
    let vars = include_str!("../sandbox.vars");
    let value = |name: &str| vars.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    assert_eq!(value("AYRSHARE_API_KEY"), Some(keys::AYRSHARE_KEY));
    assert_eq!(value("INSIGHTIQ_CLIENT_ID"), Some(keys::INSIGHTIQ_USER));
    assert_eq!(value("INSIGHTIQ_CLIENT_SECRET"), Some(keys::INSIGHTIQ_PASSWORD));
    assert_eq!(value("UPSUN_ACCESS_TOKEN"), Some(keys::UPSUN_ACCESS_TOKEN));
    let (alias, key) = keys::AYRSHARE_PROFILE_KEYS[0];
    assert_eq!(
        (alias, value("AYRSHARE_BRAND_MARKETING")),
        ("brand-marketing", Some(key))
    );
}

#[test]
fn the_configuration_of_wrangler_ends_where_the_local_run_takes_over() {
    let file = include_str!("../wrangler.toml");
    let (_, sources) = file.split_once("\n[vars.ROSTER]\n").unwrap();
    assert!(
        !sources.contains("\n["),
        "the local run replaces everything from [vars.ROSTER] on"
    );
    assert!(include_str!("../sandbox.toml").contains("\n[vars.ROSTER]\n"));
}

#[test]
fn it_writes_one_fixed_sentence_to_the_log_and_no_other() {
    let (worker, deeds) = (include_str!("../js/worker.js"), include_str!("../js/deeds.js"));
    assert_eq!(worker.matches("console").count(), 1);
    assert!(worker.contains(r#"console.error("the program came to a stop");"#));
    assert!(!deeds.contains("console"));
    for name in [
        "api", "bridge", "care", "data", "flight", "local", "mod", "object", "proof", "task",
    ] {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/shell/{name}.rs"));
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains("console") && !text.contains("println"), "{name}");
    }
}
