use super::*;

const KEY: &str = "0123-ABCD-4567-EFGH";

fn lookup(place: &Place) -> Result<String, String> {
    match place {
        Place::Variable(name) if name == "GOOD" => Ok(KEY.to_owned()),
        Place::Variable(name) if name == "TOKEN" => Ok(KEY.repeat(2)),
        Place::Variable(name) if name == "QUOTED" => Ok(format!("\"{KEY}\"")),
        Place::Variable(name) if name == "COLON" => Ok("us:er".to_owned()),
        Place::File(path) if path == Path::new("etc/secrets/key") => Ok(KEY.to_owned()),
        other => Err(format!("expected a secret, found none at {other:?}")),
    }
}

pub(super) fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("etc/roster.toml"), &lookup)
}

pub(super) fn mistake(text: &str) -> String {
    parse(text)
        .err()
        .map_or_else(|| "no mistake".to_owned(), |error| error.to_string())
}

fn live(config: &Config, index: usize) -> &LiveConfig {
    match &config.sources[index] {
        SourceConfig::Live(live) => live,
        SourceConfig::Sandbox(id) => panic!("{id} is the sandbox"),
    }
}

#[test]
fn every_provider_can_be_live_or_the_sandbox() {
    let text = r#"
        allowed_hosts = ["roster.internal:8787"]
        [ayrshare]
        key_file = "secrets/key"
        [ayrshare.profiles]
        brand-a = { env = "GOOD" }
        [insightiq]
        environment = "staging"
        user_env = "GOOD"
        password_env = "GOOD"
        [upsun]
        source = "sandbox"
    "#;
    let config = parse(text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.allowed_hosts, ["roster.internal:8787"]);
    let ayrshare = live(&config, 0);
    assert_eq!(
        (ayrshare.environment.as_str(), ayrshare.base_url.as_str()),
        ("production", "https://api.ayrshare.com/api")
    );
    assert_eq!(ayrshare.keys.aliases().collect::<Vec<_>>(), ["brand-a"]);
    assert_eq!(ayrshare.storage, Storage::default());
    assert_eq!(live(&config, 1).base_url, "https://api.staging.insightiq.ai");
    assert!(matches!(config.sources[2], SourceConfig::Sandbox("upsun")));
}

#[test]
fn a_mistake_names_file_line_and_what_was_expected() {
    for (text, expected) in [
        (
            "[ayrshare]\nenvironment = \"live\"\nkey_env = \"GOOD\"",
            "etc/roster.toml:2: expected one of production, app at ayrshare.environment",
        ),
        (
            "\n[ayrshare]\n",
            "etc/roster.toml:2: expected ayrshare.key_env or ayrshare.key_file, found neither",
        ),
        (
            "[ayrshare]\nkey_env = \"GOOD\"\nkey_file = \"x\"",
            "etc/roster.toml:3: expected ayrshare.key_env or ayrshare.key_file, found both",
        ),
        (
            "[ayrshare]\nkey_env = 7",
            "etc/roster.toml:2: expected a string at ayrshare.key_env, found integer",
        ),
        (
            "[ayrshare]\nkey_env = \"QUOTED\"",
            "etc/roster.toml:2: expected the key without quotes",
        ),
        (
            "[insightiq]\nuser_env = \"COLON\"\npassword_env = \"GOOD\"",
            "etc/roster.toml:2: expected a user name of visible ASCII characters without colon, quotes and spaces",
        ),
        (
            "[upsun]\nkey_env = \"GOOD\"\nkye = 1",
            "etc/roster.toml:3: expected one of source, environment, base_url, allow_insecure_loopback, api_token_env, api_token_file, token_url, key_env, key_file, batch_hosts, limits, found upsun.kye",
        ),
        (
            "[acme]\nkey_env = \"GOOD\"",
            "etc/roster.toml:1: expected one of allowed_hosts, access, tls, ayrshare, insightiq, upsun, found acme",
        ),
        (
            "[upsun]\nsource = \"demo\"",
            "etc/roster.toml:2: expected \"live\" or \"sandbox\" at upsun.source",
        ),
        (
            "[upsun]\nsource = \"sandbox\"\nkey_env = \"GOOD\"",
            "etc/roster.toml:3: expected one of source, found upsun.key_env",
        ),
        (
            "[ayrshare]\nkey_env = \"GOOD\"\n[ayrshare.profiles]\n\"a b\" = { env = \"GOOD\" }",
            "etc/roster.toml:4: expected an alias of 1 to 64 letters, digits, - _ .",
        ),
    ] {
        assert_eq!(mistake(text), expected);
    }
    assert!(mistake("[ayrshare\n").starts_with("etc/roster.toml:1: expected TOML: "));
    assert!(
        mistake("[ayrshare]\nkey_env = \"MISSING\"").starts_with("etc/roster.toml:2: expected a secret, found none")
    );
}

#[test]
fn no_message_repeats_a_secret() {
    for text in [
        "[ayrshare]\nkey_env = \"QUOTED\"",
        "[ayrshare]\nkey_env = \"GOOD\"\nfoo = 1",
    ] {
        assert!(!mistake(text).contains(KEY), "{text}");
    }
}

#[test]
fn a_base_url_of_ones_own_is_https_or_a_loopback_that_was_allowed() {
    let section = |url: &str, more: &str| format!("[upsun]\nkey_env = \"GOOD\"\nbase_url = \"{url}\"\n{more}");
    let base_url = |text: &str| parse(text).map(|config| live(&config, 0).base_url.clone());
    assert_eq!(
        base_url(&section("https://upsun.example/api/", "")).unwrap(),
        "https://upsun.example/api"
    );
    let allowed = section("http://127.0.0.1:8788/upsun", "allow_insecure_loopback = true");
    assert_eq!(base_url(&allowed).unwrap(), "http://127.0.0.1:8788/upsun");
    for (url, more) in [
        ("http://upsun.example", "allow_insecure_loopback = true"),
        ("http://127.0.0.1:8788", ""),
        ("https://10.0.0.1", ""),
        ("https://user@upsun.example", ""),
        ("https://upsun.example/?x=y", ""),
        ("ftp://upsun.example", ""),
        ("upsun.example", ""),
    ] {
        let error = base_url(&section(url, more)).unwrap_err();
        assert_eq!(error.line, 3, "{url}: {error}");
    }
}

#[test]
fn only_a_loopback_source_names_its_own_origin_for_files() {
    let own = "[ayrshare]\nkey_env = \"GOOD\"\nbase_url = \"http://127.0.0.1:8788/ayrshare/api\"\nallow_insecure_loopback = true";
    let config = parse(own).unwrap_or_else(|error| panic!("{error}"));
    assert!(live(&config, 0).storage.own_origin.is_some());
    let other = "[ayrshare]\nkey_env = \"GOOD\"\nbatch_hosts = [\"files.example\"]";
    let config = parse(other).unwrap_or_else(|error| panic!("{error}"));
    let storage = &live(&config, 0).storage;
    assert_eq!(
        (storage.hosts.as_slice(), &storage.own_origin),
        (["files.example".to_owned()].as_slice(), &None)
    );
}

#[test]
fn the_example_is_a_configuration_and_names_every_environment() {
    let example = include_str!("../../../../roster.example.toml");
    let given = |_: &Place| Ok(KEY.to_owned());
    let config = Config::parse(example, Path::new("roster.example.toml"), &given);
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.sources.len(), ALL.len());
    for info in ALL.iter().map(|provider| provider.info()) {
        for (name, base_url) in info.environments {
            let is_named = |line: &str| line.contains(&format!("\"{name}\"")) && line.contains(base_url);
            assert!(example.lines().any(is_named), "{} {name}", info.id);
        }
    }
}

#[test]
fn what_the_example_shows_in_comments_is_right_too() {
    let example = include_str!("../../../../roster.example.toml");
    let shown = |text: &str| {
        let found = example
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .find(|line| line.starts_with(text));
        found.unwrap_or_else(|| panic!("no line {text}")).to_owned()
    };
    let given = |_: &Place| Ok(KEY.repeat(2));
    let text = format!(
        "[access]\n{}\n{}\n[access.tokens]\n{}\n{}\n[ayrshare]\n{}\n[ayrshare.profiles]\n{}\n{}\n[insightiq]\n{}\n{}\n[upsun]\n{}\n{}\n{}\n",
        "trusted_proxies = [\"10.0.0.2\"]",
        shown("user_header"),
        shown("laptop"),
        shown("monitoring"),
        shown("key_file = \"secrets/ayr"),
        shown("brand-a"),
        shown("brand-b"),
        shown("user_file"),
        shown("password_file"),
        shown("base_url"),
        shown("allow_insecure_loopback"),
        shown("key_env = \"UPSUN"),
    );
    let config = Config::parse(&text, Path::new("roster.toml"), &given).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        live(&config, 0).keys.aliases().collect::<Vec<_>>(),
        ["brand-a", "brand-b"]
    );
}
