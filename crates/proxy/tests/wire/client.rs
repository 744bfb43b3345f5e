//! What the worlds of both shells have in common: the secrets, the sources, and what comes back.

use std::io::Read;
use std::net::TcpStream;

use serde_json::Value;

pub(crate) const KEY: &str = "CANARY-KEY-0123456789";
pub(crate) const PASSWORD: &str = "CANARY-PASSWORD-0123";
pub(crate) const PROFILE_KEY: &str = "CANARY-PROFILE-KEY-01";
pub(crate) const PROFILE_KEY_B: &str = "CANARY-PROFILE-KEY-02";
pub(crate) const API_TOKEN: &str = "CANARY-API-TOKEN-0123";
/// `client-id:CANARY-PASSWORD-0123`.
pub(crate) const BASIC: &str = "Y2xpZW50LWlkOkNBTkFSWS1QQVNTV09SRC0wMTIz";

/// What every canary holds, in one of its forms.
pub(crate) const CANARIES: &[&str] = &["CANARY", BASIC];

/// 2025-06-15T15:06:40Z, what a clock that is set shows at first.
pub(crate) const NOW_MS: i64 = 1_750_000_000_000;

/// The three providers at one port of this machine, each below a path of its own.
pub(crate) fn config(port: u16) -> String {
    let place = |path: &str| format!("base_url = \"http://127.0.0.1:{port}/{path}\"\nallow_insecure_loopback = true\n");
    let (ayrshare, insightiq, upsun) = (place("api"), place("iq"), place("up"));
    format!(
        "[ayrshare]\n{ayrshare}key_env = \"KEY\"\n[ayrshare.profiles]\nbrand-a = {{ env = \"PROFILE\" }}\n\
         [insightiq]\n{insightiq}user_env = \"USER\"\npassword_env = \"PASSWORD\"\n[upsun]\n{upsun}key_env = \"KEY\"\n"
    )
}

/// What came back, whole.
pub(crate) struct Reply {
    pub(crate) text: String,
}

pub(crate) fn read(mut socket: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    if let Err(error) = socket.read_to_end(&mut bytes) {
        let is_reset = error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(is_reset, "{error} after {:?}", String::from_utf8_lossy(&bytes));
    }
    Reply {
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        let status = self.text.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no answer in {:?}", self.text))
    }

    pub(crate) fn head(&self) -> &str {
        self.text.split("\r\n\r\n").next().unwrap()
    }

    pub(crate) fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let line = self
            .head()
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
        Some(line[name.len() + 1..].trim())
    }

    /// A field of a problem, as text.
    pub(crate) fn problem(&self, field: &str) -> String {
        let problem: Value = serde_json::from_str(self.body()).unwrap_or_else(|_| panic!("{}", self.text));
        match &problem[field] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}
