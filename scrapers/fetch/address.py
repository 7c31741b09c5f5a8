"""Which addresses may be asked: public ones only, because a page may redirect a crawler to its own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REFUSED = tuple(  # beside what the standard library knows, or what it knows in some versions only
    ipaddress.ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # old relays to IPv6
        "168.63.129.16/32",  # a cloud's own services under a public number
        "64:ff9b:1::/48",  # NAT64 inside one network
        "2001::/23",  # protocol assignments, Teredo
        "2002::/16",  # 6to4, withdrawn
        "fec0::/10",  # site-local, withdrawn
        "5f00::/16",  # segment routing
        "3fff::/20",  # documentation
    )
)


def resolve(host: str, port: int) -> Sequence[str]:
    """The host's addresses, most wanted first. Raises OSError or UnicodeError when there are none."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether a textual IPv4 or IPv6 address is one that anybody on the internet reaches; what is no address is not.

    An IPv6 address that carries an IPv4 address (mapped, NAT64) is as public as the one inside.
    """
    try:
        found = _meant(ipaddress.ip_address(address))
    except ValueError:
        return False
    if found.is_loopback:
        return allow_loopback
    if found in _NAT64:
        found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if found.is_multicast or found.is_reserved or found.is_unspecified or not found.is_global:
        return False
    return not any(found in block for block in _REFUSED)


def _meant(address: Address) -> Address:
    """A mapped address is another spelling of an IPv4 address."""
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
