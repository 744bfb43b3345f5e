use super::tests::{mistake, parse};

const TOKEN: &str = "[access.tokens]\nci = { env = \"TOKEN\" }\n";

#[test]
fn a_token_or_a_login_in_front_guards() {
    let is_guarded = |text: &str| {
        let config = parse(text).unwrap_or_else(|error| panic!("{error}"));
        config.door.rules.is_guarded()
    };
    assert!(is_guarded(TOKEN));
    assert!(is_guarded(
        "[access]\ntrusted_proxies = [\"10.0.0.0/8\"]\nuser_header = \"X-User\""
    ));
    assert!(!is_guarded(
        "[access]\ntrusted_proxies = [\"10.0.0.0/8\"]\nallowed_origins = [\"https://app.example\"]"
    ));
    assert!(!is_guarded(""));
}

#[test]
fn a_mistake_about_access_names_its_line() {
    for (text, expected) in [
        (
            "[access.tokens]\nci = { env = \"GOOD\" }",
            "etc/roster.toml:2: expected a token of at least 32 characters; `openssl rand -hex 32` makes one",
        ),
        (
            "[access]\ntrusted_proxies = [\"0.0.0.0/0\"]",
            "etc/roster.toml:2: expected the addresses of proxies, found all addresses at access.trusted_proxies",
        ),
        (
            "[access]\nuser_header = \"X-User\"",
            "etc/roster.toml:2: expected trusted_proxies beside access.user_header, found none",
        ),
        (
            "[access]\ntrusted_proxies = [\"10.0.0.2\"]\nuser_header = \"X_User\"",
            "etc/roster.toml:3: expected the name of a header without underscores at access.user_header",
        ),
        (
            "[access]\nallowed_origins = [\"*\"]",
            "etc/roster.toml:2: expected an exact origin such as https://app.example, without a path at access.allowed_origins",
        ),
        (
            "[access]\nclient_burst = -1",
            "etc/roster.toml:2: expected a whole number at access.client_burst, found integer",
        ),
        (
            "[tls]\ncertificate_file = \"cert.pem\"",
            "etc/roster.toml:1: expected tls.key_file, found none",
        ),
    ] {
        assert_eq!(mistake(text), expected);
    }
    let no_file = mistake("[tls]\nkey_file = \"key.pem\"\ncertificate_file = \"cert.pem\"");
    let start = "etc/roster.toml:3: expected certificates in PEM in the file etc/cert.pem: ";
    assert!(no_file.starts_with(start), "{no_file}");
}

#[test]
fn the_limit_of_a_client_can_be_changed_and_lifted() {
    let rate = |text: &str| parse(text).unwrap_or_else(|error| panic!("{error}")).door.rate;
    let usual = rate("").unwrap();
    assert_eq!((usual.burst(), usual.interval_us()), (1_000, 10_000));
    let other = rate("[access]\nclient_requests_per_minute = 1_200\nclient_burst = 5").unwrap();
    assert_eq!((other.burst(), other.interval_us()), (5, 50_000));
    assert!(rate("[access]\nclient_requests_per_minute = 0").is_none());
}
