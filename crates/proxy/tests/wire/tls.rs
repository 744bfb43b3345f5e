//! TLS by certificate files, for those who have no server in front.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::world::Proxy;

/// A certificate of its own authority for `localhost`, in files.
pub(crate) struct Certificate {
    pub(crate) folder: PathBuf,
    der: rustls::pki_types::CertificateDer<'static>,
}

impl Certificate {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("roster-tls-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut certificate = Self {
            folder,
            der: Vec::new().into(),
        };
        certificate.renew();
        certificate
    }

    /// Another key and certificate in the same files.
    pub(crate) fn renew(&mut self) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(self.folder.join("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(self.folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        self.der = made.cert.der().clone();
    }

    /// The section of the configuration.
    pub(crate) fn section(&self) -> String {
        let file = |name: &str| self.folder.join(name).display().to_string();
        format!(
            "[tls]\ncertificate_file = {:?}\nkey_file = {:?}\n",
            file("cert.pem"),
            file("key.pem")
        )
    }

    /// Asks over TLS, trusting this certificate alone. `None` if no such connection can be made.
    pub(crate) fn get(&self, port: u16, target: &str) -> Option<String> {
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap();
        let config = config.with_root_certificates(roots).with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut stream = StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), socket);
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        Some(text)
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        // A folder that stays behind is the system's to clear.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_client_speaks_tls_and_plain_text_is_hung_up_on() {
    let certificate = Certificate::new("speaks");
    let proxy = Proxy::configured(&format!("{}[upsun]\nsource = \"sandbox\"\n", certificate.section()));
    let text = certificate.get(proxy.port, "/api/v1/upsun/profiles").unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("\"profiles\""));
    let plain = proxy.get("/healthz");
    assert!(!plain.text.contains("HTTP/1.1"), "{}", plain.text);
    let other = Certificate::new("other");
    assert_eq!(
        other.get(proxy.port, "/healthz"),
        None,
        "another certificate is not ours"
    );
}

#[test]
fn a_client_that_never_agrees_is_let_go() {
    let certificate = Certificate::new("silent");
    let proxy = Proxy::configured(&format!("{}[upsun]\nsource = \"sandbox\"\n", certificate.section()));
    // Reading ends because the proxy closes; if it did not, the client's patience would end the test.
    let silent = crate::world::read(proxy.connect());
    assert_eq!(silent.text, "");
}
