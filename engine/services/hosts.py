"""Which hosts may be called, and at which address: nothing inside the house unless it is named.

The name is resolved once, every address is judged, and the call goes to one of those very
addresses: a name that answers differently a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from engine.services.failure import ServiceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_DEFAULT_PORTS = (80, 443)


@dataclass(frozen=True)
class Hosts:
    """`host` (with the usual ports) or `host:port`, in lower case.

    `inner` ones may have loopback, private and link-local addresses, the others may not.
    """

    outer: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()

    @classmethod
    def read(cls, outer: str, inner: str) -> Self:
        """From the settings: names with commas between them."""
        return cls(_names(outer), _names(inner))

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses to call, in the order in which to try them.

        Raises ServiceError: host_not_allowed, address_not_allowed (both permanent), unresolvable.
        """
        inner = _is_named(host, port, self.inner)
        if not inner and not _is_named(host, port, self.outer):
            raise ServiceError("host_not_allowed", permanent=True, host=f"{host}:{port}")
        addresses = _look_up(host, port)
        if not inner and not all(is_public(ipaddress.ip_address(one)) for one in addresses):
            raise ServiceError("address_not_allowed", permanent=True, host=host)
        return addresses


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in text.split(",") if name)


def _is_named(host: str, port: int, names: Collection[str]) -> bool:
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" in names or (port in _DEFAULT_PORTS and shown in names)


def _look_up(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServiceError("unresolvable", host=host) from error
    # An address with a scope (fe80::1%eth0) is of this very network segment.
    return tuple(dict.fromkeys(str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found))


def is_public(address: Address) -> bool:
    """Whether the address is one of the open Internet, also when it hides in another one."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo:
            return False
        if hidden is not None:
            return is_public(hidden)
    return address.is_global and not address.is_multicast and not address.is_reserved
