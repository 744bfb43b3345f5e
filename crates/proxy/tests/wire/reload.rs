//! The configuration is read again while the program runs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use crate::program::{Program, config_file, proxy};
use crate::tls::Certificate;

const TAKEN: &str = "is served from now on";
const KEPT: &str = "not taken";

fn start(file: &Path) -> Program {
    let mut command = proxy();
    Program::start(command.arg("--config").arg(file).env("GOOD", "0123-ABCD-4567-EFGH"))
}

/// One request on a connection that stays open; gives the status.
fn ask(socket: &mut TcpStream, target: &str) -> u16 {
    let port = socket.peer_addr().unwrap().port();
    write!(socket, "HEAD {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        socket.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    String::from_utf8(head)
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap()
}

#[test]
fn a_new_configuration_is_served_on_connections_that_are_open() {
    let file = config_file("reload", "[upsun]\nsource = \"sandbox\"\n");
    let mut program = start(&file);
    let mut socket = TcpStream::connect(("127.0.0.1", program.port)).unwrap();
    let (upsun, ayrshare) = ("/api/v1/upsun/profiles", "/api/v1/ayrshare/profiles");
    assert_eq!((ask(&mut socket, upsun), ask(&mut socket, ayrshare)), (200, 404));
    std::fs::write(&file, "[ayrshare]\nsource = \"sandbox\"\n").unwrap();
    program.signal("HUP");
    program.log_until(TAKEN);
    assert_eq!((ask(&mut socket, upsun), ask(&mut socket, ayrshare)), (404, 200));
    std::fs::remove_file(file).unwrap();
}

#[test]
fn a_mistake_keeps_what_is_served_and_names_its_line() {
    let file = config_file("mistake", "[upsun]\nsource = \"sandbox\"\n");
    let mut program = start(&file);
    for (text, expected) in [
        (
            "\n[upsun]\nsource = \"demo\"\n",
            ":3: expected \\\"live\\\" or \\\"sandbox\\\" at upsun.source",
        ),
        ("[upsun\n", ":1: expected TOML"),
        (
            "[upsun]\nkey_env = \"ROSTER_TEST_UNSET\"\n",
            ":2: expected the environment variable ROSTER_TEST_UNSET",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        program.signal("HUP");
        let log = program.log_until(KEPT);
        assert!(log.contains(&format!("{}{expected}", file.display())), "{log}");
        assert_eq!(program.get("/api/v1/upsun/profiles", "").status(), 200);
    }
    std::fs::remove_file(&file).unwrap();
    program.signal("HUP");
    program.log_until(KEPT);
    assert_eq!(program.get("/api/v1/upsun/profiles", "").status(), 200);
}

#[test]
fn an_open_address_is_not_left_without_a_guard() {
    let guarded =
        "[access]\ntrusted_proxies = [\"127.0.0.1\"]\nuser_header = \"x-user\"\n[upsun]\nsource = \"sandbox\"\n";
    let file = config_file("guard", guarded);
    let mut command = std::process::Command::new(crate::program::PROGRAM);
    command.args(["--listen", "0.0.0.0:0", "--config"]).arg(&file);
    let mut program = Program::start(&mut command);
    std::fs::write(&file, "[upsun]\nsource = \"sandbox\"\n").unwrap();
    program.signal("HUP");
    let log = program.log_until(KEPT);
    assert!(log.contains("expected a loopback address"), "{log}");
    assert_eq!(program.get("/api/v1/sources", "").status(), 403);
    assert_eq!(program.get("/api/v1/sources", "X-User: jane\r\n").status(), 200);
    std::fs::remove_file(file).unwrap();
}

#[test]
fn a_renewed_certificate_is_shown_to_new_connections() {
    let mut certificate = Certificate::new("renewed");
    let file = config_file(
        "renewed",
        &format!("{}[upsun]\nsource = \"sandbox\"\n", certificate.section()),
    );
    let mut program = start(&file);
    assert!(certificate.get(program.port, "/healthz").is_some());
    certificate.renew();
    assert_eq!(
        certificate.get(program.port, "/healthz"),
        None,
        "the files alone change nothing"
    );
    program.signal("HUP");
    program.log_until(TAKEN);
    assert!(certificate.get(program.port, "/healthz").is_some());
    std::fs::write(certificate.folder.join("key.pem"), "no key").unwrap();
    program.signal("HUP");
    program.log_until(KEPT);
    assert!(certificate.get(program.port, "/healthz").is_some());
    std::fs::remove_file(file).unwrap();
}
