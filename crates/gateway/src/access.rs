//! Who asks, and whether that is enough: a token, a login that a proxy in front vouches for, or the fact that only this
//! machine can reach us.
//!
//! The names of people and tokens come from here; the tokens themselves are the shell's.

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};

use crate::network::{Networks, counted};
use crate::refusal::{Refusal, cause};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Longest name that a proxy in front may give, in bytes.
const USER_BYTES: usize = 256;

/// How clients prove who they are. The default asks nobody: it is for a listener that only this machine reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Proxies in front of us. Only what they say about a client is believed.
    pub trusted_proxies: Networks,
    /// The header in which such a proxy says who has logged in.
    pub user_header: Option<HeaderName>,
    /// Whether the shell holds tokens.
    pub has_tokens: bool,
}

/// Who asks, as far as a limit per client needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// Whoever is at this address; of IPv6, in this /64.
    Address(IpAddr),
    /// Somebody that a proxy in front vouches for.
    User(String),
    /// The holder of the token of this name.
    Token(String),
}

impl Access {
    /// Whether a stranger is asked for something, so that an address beyond this machine may be listened on.
    pub fn is_guarded(&self) -> bool {
        self.has_tokens || self.user_header.is_some()
    }

    /// Who asks from `peer`, the other end of the connection. `token` gives the name of a token that is ours.
    ///
    /// # Errors
    /// 401 where a token would help, 403 where only the proxy in front can let somebody in.
    pub fn admit<'t>(
        &self,
        peer: IpAddr,
        headers: &HeaderMap,
        token: impl Fn(&[u8]) -> Option<&'t str>,
    ) -> Result<Client, Refusal> {
        if let Some(user) = self.user(peer, headers) {
            return Ok(Client::User(user));
        }
        if let Some(name) = presented(headers).and_then(|presented| token(&presented)) {
            return Ok(Client::Token(name.to_owned()));
        }
        match self {
            Self { has_tokens: true, .. } => {
                Err(cause::ACCESS.refusal("expected a token of this proxy in Authorization"))
            }
            Self {
                user_header: Some(_), ..
            } => Err(cause::LOGIN.refusal("expected a request through the login in front of this proxy")),
            _ => Ok(Client::Address(self.address(peer, headers))),
        }
    }

    fn user(&self, peer: IpAddr, headers: &HeaderMap) -> Option<String> {
        let name = self.user_header.as_ref().filter(|_| self.trusted_proxies.has(peer))?;
        let mut values = headers.get_all(name).iter();
        let only = values.next().filter(|_| values.next().is_none())?;
        let user = only.to_str().ok()?.trim();
        (!user.is_empty() && user.len() <= USER_BYTES).then(|| user.to_owned())
    }

    /// A proxy in front appends the address that it saw; what stands before it, the client may have written itself.
    fn address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let said = || {
            let last = headers.get_all(X_FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        let is_trusted = self.trusted_proxies.has(peer);
        counted(said().filter(|_| is_trusted).unwrap_or(peer))
    }
}

/// The token that a request carries: `Bearer <token>`, or the password of `Basic`, which is what a browser can ask for.
fn presented(headers: &HeaderMap) -> Option<Vec<u8>> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let only = values.next().filter(|_| values.next().is_none())?;
    let (scheme, rest) = split(only)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.as_bytes().to_vec());
    }
    let pair = BASE64_STANDARD
        .decode(rest)
        .ok()
        .filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let colon = pair.iter().position(|byte| *byte == b':')?;
    pair.get(colon + 1..).map(<[u8]>::to_vec)
}

fn split(value: &HeaderValue) -> Option<(&str, &str)> {
    let (scheme, rest) = value.to_str().ok()?.split_once(' ')?;
    Some((scheme, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: &str = "203.0.113.9";
    const FRONT: &str = "10.0.0.2";

    fn admit(access: &Access, peer: &str, headers: &[(&str, &str)]) -> Result<Client, u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        let token = |presented: &[u8]| (presented == b"open-sesame").then_some("ci");
        access
            .admit(peer.parse().unwrap(), &map, token)
            .map_err(|refusal| refusal.status)
    }

    fn tokens() -> Access {
        Access {
            has_tokens: true,
            ..Access::default()
        }
    }

    fn login() -> Access {
        Access {
            trusted_proxies: Networks::parse([FRONT]).unwrap(),
            user_header: Some(HeaderName::from_static("x-forwarded-user")),
            has_tokens: false,
        }
    }

    #[test]
    fn a_token_is_taken_as_bearer_and_as_password() {
        let ci = Ok(Client::Token("ci".to_owned()));
        for value in [
            "Bearer open-sesame",
            "bearer  open-sesame",
            "Basic b3BlbjpvcGVuLXNlc2FtZQ==",
            "Basic Om9wZW4tc2VzYW1l",
        ] {
            assert_eq!(admit(&tokens(), FAR, &[("authorization", value)]), ci, "{value}");
        }
        for value in [
            "Bearer open",
            "Bearer",
            "open-sesame",
            "Digest open-sesame",
            "Basic open-sesame",
            "Basic b3Blbg==",
            "",
        ] {
            assert_eq!(admit(&tokens(), FAR, &[("authorization", value)]), Err(401), "{value}");
        }
        let twice = [
            ("authorization", "Bearer open-sesame"),
            ("authorization", "Bearer other"),
        ];
        assert_eq!(admit(&tokens(), FAR, &twice), Err(401));
        assert_eq!(admit(&tokens(), "127.0.0.1", &[]), Err(401), "loopback is no token");
    }

    #[test]
    fn a_login_counts_only_from_the_proxy_in_front() {
        let header = [("x-forwarded-user", "jane")];
        assert_eq!(admit(&login(), FRONT, &header), Ok(Client::User("jane".to_owned())));
        assert_eq!(admit(&login(), FAR, &header), Err(403));
        assert_eq!(admit(&login(), "127.0.0.1", &header), Err(403));
        for headers in [
            vec![],
            vec![("x-forwarded-user", " ")],
            vec![("x-forwarded-user", "jane"), ("x-forwarded-user", "root")],
            vec![("x_forwarded_user", "root")],
            vec![("x-forwarded-uri", "/healthz")],
            vec![("authorization", "Bearer jane")],
        ] {
            assert_eq!(admit(&login(), FRONT, &headers), Err(403), "{headers:?}");
        }
    }

    #[test]
    fn where_nothing_is_asked_a_client_is_its_address() {
        let forwarded = [("x-forwarded-for", "198.51.100.1, 198.51.100.7")];
        let at = |text: &str| Ok(Client::Address(text.parse().unwrap()));
        assert_eq!(
            admit(&Access::default(), FAR, &forwarded),
            at(FAR),
            "a stranger's word is not taken"
        );
        let front = Access {
            trusted_proxies: Networks::parse([FRONT]).unwrap(),
            ..Access::default()
        };
        assert_eq!(admit(&front, FRONT, &forwarded), at("198.51.100.7"), "one hop");
        assert_eq!(admit(&front, FRONT, &[("x-forwarded-for", "nonsense")]), at(FRONT));
        assert_eq!(admit(&front, "2001:db8::1", &forwarded), at("2001:db8::"));
    }

    #[test]
    fn only_what_asks_strangers_is_guarded() {
        assert!(!Access::default().is_guarded());
        assert!(tokens().is_guarded() && login().is_guarded());
        let believed_only = Access {
            user_header: None,
            ..login()
        };
        assert!(!believed_only.is_guarded());
    }
}
