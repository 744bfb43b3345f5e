//! Which addresses are out on the public internet. Written as what is allowed: a list of known bad ranges forgets one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is global unicast, so that a name that resolves to it cannot lead into the host, its network or
/// its metadata service. Addresses that embed another one (mapped, NAT64, 6to4, Teredo) are not public.
///
/// Source: <https://www.iana.org/assignments/iana-ipv4-special-registry> and `iana-ipv6-special-registry`, seen 2026-11.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// The addresses of a name, if every one of them is public: one inside address among public ones is how a name is
/// rebound. The address that is dialled must come from this list, not from another look-up.
pub fn all_public<A>(found: Vec<A>, ip: impl Fn(&A) -> IpAddr) -> Option<Vec<A>> {
    let is_fit = !found.is_empty() && found.iter().all(|address| is_public(ip(address)));
    is_fit.then_some(found)
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match (a, b, c) {
        (0 | 10 | 127 | 224.., _, _)
        | (169, 254, _)
        | (192, 168, _)
        | (192, 0, 0 | 2)
        | (192, 88, 99)
        | (198, 18 | 19, _)
        | (198, 51, 100)
        | (203, 0, 113) => true,
        (100, b, _) => (64..128).contains(&b),
        (172, b, _) => (16..32).contains(&b),
        _ => false,
    };
    !is_special
}

/// Global unicast is `2000::/3`; everything else, mapped and NAT64 addresses included, falls out by that alone.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let is_special = match (a, b) {
        (0x2001, b) => b < 0x0200 || b == 0x0db8,
        (0x2002, _) => true,
        (0x3fff, b) => b < 0x1000,
        _ => false,
    };
    a & 0xe000 == 0x2000 && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_global_unicast_is_public() {
        let public = [
            "8.8.8.8",
            "1.1.1.1",
            "100.63.255.255",
            "172.15.0.1",
            "172.32.0.1",
            "198.20.0.1",
            "2606:4700::1111",
            "2a00:1450:4001::200e",
        ];
        let inside = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
        ];
        for text in public {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        for text in inside {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn a_name_with_one_inside_address_is_refused() {
        let all = |texts: &[&str]| {
            let found: Vec<IpAddr> = texts.iter().map(|text| text.parse().unwrap()).collect();
            all_public(found, |ip| *ip).map(|public| public.len())
        };
        assert_eq!(all(&["8.8.8.8", "2606:4700::1111"]), Some(2));
        for mixed in [
            &["8.8.8.8", "127.0.0.1"][..],
            &["::1", "8.8.8.8"],
            &["169.254.169.254"],
            &[],
        ] {
            assert_eq!(all(mixed), None, "{mixed:?}");
        }
    }
}
