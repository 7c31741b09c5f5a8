"""Which addresses may be asked: public ones only, because a page may redirect a crawler to its own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")
_COMPATIBLE = ipaddress.ip_network("::/96")
_REFUSED = tuple(
    ipaddress.ip_network(block)
    for block in (
        "192.88.99.0/24",  # old relays to IPv6
        "64:ff9b:1::/48",  # NAT64 inside one network
        "fec0::/10",  # site-local, withdrawn
        "5f00::/16",  # segment routing
        "3fff::/20",  # documentation
        "100::/64",  # discard
        "168.63.129.16/32",  # a cloud's own services on a public number
    )
)


def resolve(host: str, port: int) -> Sequence[str]:
    """The host's addresses, most wanted first. Raises OSError or UnicodeError when there are none."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether a textual IPv4 or IPv6 address is one that anybody on the internet reaches; what is no address is not.

    An IPv6 address that carries an IPv4 address (mapped, NAT64, 6to4, Teredo) is as public as the one inside.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if allow_loopback and found.is_loopback:
        return True
    return all(map(_global, _meant(found)))


def _meant(address: Address) -> list[Address]:
    """The address, or the IPv4 addresses that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    if address in _SIX_TO_FOUR and address.sixtofour:
        return [address.sixtofour]
    if address in _TEREDO and address.teredo:
        return list(address.teredo)
    return [address]


def _global(address: Address) -> bool:
    if address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global:
        return False
    return not any(address in block for block in _REFUSED if block.version == address.version)
