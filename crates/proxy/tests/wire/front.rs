//! The nginx of `deploy/nginx.conf` in front of the proxy, for real where nginx is installed.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::world::{Proxy, Reply, read};

/// A running nginx with the documented server block, without its TLS.
struct Front {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Front {
    /// `None` where nginx is not installed.
    fn start(proxy: &Proxy) -> Option<Self> {
        Command::new("nginx").arg("-v").stderr(Stdio::null()).status().ok()?;
        let folder = std::env::temp_dir().join(format!("roster-front-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("htpasswd"), "jane:{PLAIN}open-sesame\n").unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let documented = include_str!("../../../../deploy/nginx.conf");
        assert!(documented.contains("listen 443 ssl;"));
        let server: Vec<String> = documented
            .lines()
            .filter(|line| !line.contains("ssl_certificate"))
            .map(|line| {
                line.replace("443 ssl", &format!("127.0.0.1:{port}"))
                    .replace("127.0.0.1:8787", &format!("127.0.0.1:{}", proxy.port))
                    .replace(
                        "/etc/nginx/roster.htpasswd",
                        &folder.join("htpasswd").display().to_string(),
                    )
            })
            .collect();
        let shown = folder.display();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {shown}/{name};"))
            .join("\n");
        let config = format!(
            "daemon off; master_process off; pid {shown}/pid; error_log {shown}/log;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}\n{}\n}}\n",
            server.join("\n")
        );
        std::fs::write(folder.join("nginx.conf"), config).unwrap();
        let nginx = || {
            let mut command = Command::new("nginx");
            command.arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf"));
            command
        };
        let tested = nginx().arg("-t").output().unwrap();
        assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
        let child = nginx().stderr(Stdio::null()).spawn().unwrap();
        // Another process opens its listener; there is nothing to wait on but asking.
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::yield_now();
        }
        Some(Self { child, folder, port })
    }

    fn get(&self, headers: &str) -> Reply {
        use std::io::Write;
        let mut socket = std::net::TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            socket,
            "GET /api/v1/sources HTTP/1.1\r\nHost: roster.example\r\nConnection: close\r\n{headers}\r\n"
        )
        .unwrap();
        read(socket)
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn who_logs_in_at_the_documented_nginx_is_let_in_and_nobody_else() {
    let access = "allowed_hosts = [\"roster.example\"]\n[access]\ntrusted_proxies = [\"127.0.0.1\"]\n\
                  user_header = \"X-Forwarded-User\"\n[upsun]\nsource = \"sandbox\"\n";
    let proxy = Proxy::configured(access);
    let Some(front) = Front::start(&proxy) else {
        return;
    };
    // `jane:open-sesame`.
    let login = "Authorization: Basic amFuZTpvcGVuLXNlc2FtZQ==\r\n";
    assert_eq!(front.get(login).status(), 200);
    for headers in ["", "X-Forwarded-User: jane\r\n", "Authorization: Basic amFuZTp4\r\n"] {
        let reply = front.get(headers);
        assert_eq!(reply.status(), 401, "{headers}");
        assert!(
            reply.text.to_ascii_lowercase().contains("server: nginx"),
            "nginx says so itself"
        );
    }
    let spoofed =
        format!("{login}X_Forwarded_User: root\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil.example\r\n");
    assert_eq!(
        front.get(&spoofed).status(),
        200,
        "the rest of what a client says changes nothing"
    );
}
