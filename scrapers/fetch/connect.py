"""Connections to checked addresses, under the deadline of the transfer that they serve.

The name is resolved once, and the connection goes to an address that was checked, so a name server that answers otherwise the
next moment gains nothing. Host header and TLS name stay those of the URL.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from scrapers.fetch.address import Resolve, is_public
from scrapers.fetch.transfer import current
from scrapers.types import Outcome

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class CheckedStream(httpcore.NetworkStream):
    """A connection whose every step is bounded by the current transfer, its failures named."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self.spoilt = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, b"" at the end."""
        transfer = current()
        with _named("while reading"):
            data = self._stream.read(max_bytes, transfer.left_s(timeout))
        transfer.received(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        with _named("while sending"):
            self._stream.write(buffer, current().left_s(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        with _named("in the TLS handshake", Outcome.TLS):
            return CheckedStream(self._stream.start_tls(ssl_context, server_hostname, current().left_s(timeout)))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as httpcore has it
        """What httpcore asks of a connection; one that is spoilt looks like one that the server has ended."""
        return True if info == "is_readable" and self.spoilt else self._stream.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses only."""

    def __init__(self, resolve: Resolve, allow_loopback: bool) -> None:
        self._resolve, self._allow_loopback, self._plain = resolve, allow_loopback, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. Raises FetchFailed: UNKNOWN_HOST, ADDRESS, REFUSED, TIMEOUT."""
        addresses = self._addresses(host, port)
        for address in addresses[:-1]:
            try:
                return CheckedStream(self._connect(address, port, timeout, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        with _named("while connecting", Outcome.REFUSED):
            return CheckedStream(self._connect(addresses[-1], port, timeout, local_address, socket_options))

    def _connect(self, address: str, port: int, timeout: float | None, *rest: Any) -> httpcore.NetworkStream:  # noqa: ANN401
        return self._plain.connect_tcp(address, port, current().left_s(timeout), *rest)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        transfer = current()
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError, OverflowError) as error:
            raise transfer.fail(Outcome.UNKNOWN_HOST, f"{host}: {error}") from error
        allowed = [address for address in found if is_public(address, allow_loopback=self._allow_loopback)]
        if not allowed:
            raise transfer.fail(Outcome.ADDRESS, f"{host} is at {', '.join(found) or 'no address'}, which is not public")
        return allowed


class CheckedTransport(httpx.HTTPTransport):
    """httpx on checked connections. Proxies of the environment are left aside: through them no address could be checked."""

    def __init__(self, resolve: Resolve, *, allow_loopback: bool, tls: ssl.SSLContext | None = None) -> None:
        context = tls or httpx.create_ssl_context()
        super().__init__(verify=context, trust_env=False)
        # httpx has no parameter for the network backend, so the pool that it made is exchanged for one that has.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=None,
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=CheckedBackend(resolve, allow_loopback),
        )


@contextmanager
def _named(place: str, broken: Outcome = Outcome.CUT) -> Iterator[None]:
    """Raise FetchFailed for what httpcore raises: a timeout, a bad certificate, or else `broken`."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise current().fail(Outcome.TIMEOUT, f"no answer {place}") from error
    except httpcore.NetworkError as error:
        cause = error.__cause__ or error.__context__ or error
        tls = isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError)
        raise current().fail(Outcome.TLS if tls else broken, f"{cause} {place}") from error
