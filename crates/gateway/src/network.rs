//! The addresses of the proxies that stand in front of us. An empty list is the default and believes nobody.

use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

/// A list of networks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Reads addresses (`10.0.0.2`) and networks (`10.0.0.0/8`, `fd00::/8`).
    ///
    /// # Errors
    /// What was expected: a text that is neither, or a network that holds every address. To believe everybody is how
    /// proxies were talked past their login.
    ///
    /// Source: <https://github.com/advisories/GHSA-7x63-xv5r-3p2x>, seen 2026-11.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        texts.into_iter().map(network).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is in one of them. An IPv4 address in IPv6 clothes counts as itself.
    pub fn has(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let network = text
        .parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    match network {
        Ok(network) if network.prefix_len() == 0 => {
            Err("expected the addresses of proxies, found all addresses".to_owned())
        }
        Ok(network) => Ok(network.trunc()),
        Err(_) => Err("expected an address such as 10.0.0.2 or a network such as 10.0.0.0/8".to_owned()),
    }
}

/// The address that a limit per client counts: one of IPv4, or the /64 that a household has of IPv6.
pub(crate) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_is_in_its_network_in_every_spelling() {
        let networks = Networks::parse(["10.1.0.0/16", "127.0.0.1", "fd00::/8"]).unwrap();
        for inside in ["10.1.2.3", "::ffff:10.1.2.3", "127.0.0.1", "fd12::1"] {
            assert!(networks.has(ip(inside)), "{inside}");
        }
        for outside in ["10.2.0.1", "127.0.0.2", "::1", "0.0.0.0"] {
            assert!(!networks.has(ip(outside)), "{outside}");
        }
        assert!(!Networks::default().has(ip("127.0.0.1")), "the default believes nobody");
    }

    #[test]
    fn everybody_is_not_a_proxy() {
        for text in ["0.0.0.0/0", "::/0", "10.0.0.0/33", "example.com", "", "*"] {
            assert!(Networks::parse([text]).is_err(), "{text}");
        }
    }

    #[test]
    fn a_household_is_counted_once() {
        assert_eq!(counted(ip("2001:db8:1:2:3::4")), ip("2001:db8:1:2::"));
        assert_eq!(counted(ip("::ffff:8.8.8.8")), ip("8.8.8.8"));
    }
}
