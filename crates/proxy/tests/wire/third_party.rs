//! The sandbox as a server: for programs that talk to the APIs themselves, the proxy among them.

use std::process::Command;

use crate::program::{PROGRAM, Program, config_file, proxy};

#[test]
fn the_sandbox_serves_other_programs_with_the_documented_credentials() {
    let mut command = Command::new(PROGRAM);
    let fault = "upsun/profiles:cut=20@2x1";
    command.args([
        "sandbox",
        "--listen",
        "127.0.0.1:0",
        "--profiles",
        "80",
        "--fault",
        fault,
    ]);
    let sandbox = Program::start(&mut command);
    assert_eq!(sandbox.get("/healthz", "").status(), 200);
    assert_eq!(sandbox.get("/ayrshare/api/profiles", "").status(), 403);
    let bearer = format!("Authorization: Bearer {}\r\n", roster_sandbox::keys::AYRSHARE_KEY);
    let listed = sandbox.get("/ayrshare/api/profiles?limit=3&source=npm", &bearer);
    assert_eq!(
        (listed.status(), listed.header("content-type")),
        (200, Some("application/json; charset=utf-8"))
    );
    let form = format!(
        "grant_type=api_token&api_token={}",
        roster_sandbox::keys::UPSUN_API_TOKEN
    );
    let (port, length) = (sandbox.port, form.len());
    let token = sandbox.send(&format!(
        "POST /upsun/oauth2/token HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Authorization: Basic cGxhdGZvcm0tYXBpLXVzZXI6\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
    ));
    assert_eq!(token.status(), 200, "{}", token.text);
    assert!(token.body().contains(roster_sandbox::keys::UPSUN_ACCESS_TOKEN));
    let bearer = format!("Authorization: Bearer {}\r\n", roster_sandbox::keys::UPSUN_ACCESS_TOKEN);
    assert_eq!(sandbox.get("/upsun/profiles", &bearer).status(), 200);
    let cut = sandbox.get("/upsun/profiles", &bearer);
    let announced: usize = cut.header("content-length").unwrap().parse().unwrap();
    assert!(cut.body().len() == 20 && announced > 20, "{}", cut.text);
}

#[test]
fn a_live_source_at_the_sandbox_answers_as_the_sandbox_inside() {
    let sandbox = Program::start(Command::new(PROGRAM).args(["sandbox", "--listen", "127.0.0.1:0"]));
    let port = sandbox.port;
    let place = |path: &str| format!("base_url = \"http://127.0.0.1:{port}/{path}\"\nallow_insecure_loopback = true\n");
    let text = format!(
        "[ayrshare]\n{}key_env = \"A\"\n[insightiq]\n{}user_env = \"U\"\npassword_env = \"P\"\n[upsun]\n{}key_env = \"T\"\n",
        place("ayrshare/api"),
        place("insightiq"),
        place("upsun"),
    );
    let file = config_file("sandbox", &text);
    let mut command = proxy();
    command
        .env("A", roster_sandbox::keys::AYRSHARE_KEY)
        .env("U", roster_sandbox::keys::INSIGHTIQ_USER);
    command
        .env("P", roster_sandbox::keys::INSIGHTIQ_PASSWORD)
        .env("T", roster_sandbox::keys::UPSUN_ACCESS_TOKEN);
    let live = Program::start(command.arg("--config").arg(&file));
    std::fs::remove_file(file).unwrap();
    let inside = Program::start(&mut proxy());
    for target in [
        "/api/v1/insightiq/profiles?limit=3",
        "/api/v1/ayrshare/user/details/pinterest",
    ] {
        let (there, here) = (live.get(target, ""), inside.get(target, ""));
        assert_eq!((there.status(), there.body()), (200, here.body()), "{target}");
    }
    let upsun = live.get("/api/v1/upsun/profiles", "");
    assert!(
        upsun
            .body()
            .contains(&format!("http://127.0.0.1:{port}/upsun/profiles")),
        "links name the base asked"
    );
    assert_eq!(
        upsun.header("roster-upstream"),
        Some(format!("http://127.0.0.1:{port}/upsun").as_str())
    );
}
