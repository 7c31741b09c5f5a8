"""A web server that can misbehave in every way that a raw socket allows. One thread a connection, all ended by `close`."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event, Thread


@dataclass(frozen=True)
class Asked:
    """A request as it came; header names in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Talk:
    """One connection, while one request is answered."""

    socket: socket.socket
    stopping: Event
    asked: Asked

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the server."""
        if self.stopping.wait(seconds):
            raise ConnectionAbortedError


Action = Callable[[Talk], bool]  # whether the connection stays open


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Action:
    """A well-formed answer; underscores in header names stand for hyphens."""
    fields = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    data = b"".join(
        [f"HTTP/1.1 {status} Status\r\n".encode(), *(f"{n}: {v}\r\n".encode() for n, v in fields.items()), b"\r\n", body]
    )
    return raw(data, keep=True)


def raw(*pieces: bytes, keep: bool = False, pause_s: float = 0.0) -> Action:
    """Send bytes as they are, with a pause after each piece, and hang up unless `keep`."""

    def act(talk: Talk) -> bool:
        for piece in pieces:
            talk.send(piece)
            if pause_s:
                talk.wait(pause_s)
        return keep

    return act


def endless(start: bytes, piece: bytes, pause_s: float = 0.0) -> Action:
    """`start`, and then the same piece for ever."""

    def act(talk: Talk) -> bool:
        talk.send(start)
        while not talk.stopping.is_set():
            talk.send(piece)
            talk.wait(pause_s)
        return False

    return act


def silent(talk: Talk) -> bool:
    """Accept the request and say nothing."""
    talk.wait(3600)
    return False


def reset(talk: Talk) -> bool:
    """Break the connection off without a proper end."""
    talk.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def redirect(location: str, status: int = 302) -> Action:
    return answer(status, Location=location)


def bomb(size: int, layers: int = 1) -> Action:
    """`size` zero bytes, compressed."""
    body = bytes(size)
    for _ in range(layers):
        body = gzip.compress(body, 6)
    return answer(200, body, Content_Encoding=", ".join(["gzip"] * layers))


@dataclass
class HostileServer:
    """`routes[path]`: what to do, request after request; the last action repeats. Anything else is 404. `greeting` is sent
    before anything was asked."""

    tls: ssl.SSLContext | None = None
    greeting: bytes = b""
    routes: dict[str, Sequence[Action]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> HostileServer:
        self._stopping, self._threads = Event(), list[Thread]()
        self._counts: dict[str, int] = defaultdict(int)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes the listener
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def on(self, path: str, *actions: Action) -> str:
        """Set a route; gives its URL."""
        self.routes[path] = actions
        return self.url(path)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked.path == path for asked in self.asked)

    def _start(self, target: Callable[[], None]) -> None:
        self._threads.append(Thread(target=target, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            connection, _ = self._listener.accept()
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(5)
            stream = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
            with stream:
                stream.sendall(self.greeting)
                for asked in self._requests(stream):
                    if not self._act(Talk(stream, self._stopping, asked)):
                        return
        except OSError:
            pass  # the client hung up, as it should
        finally:
            connection.close()

    def _requests(self, stream: socket.socket) -> Iterator[Asked]:
        waiting = b""
        while not self._stopping.is_set():
            while b"\r\n\r\n" not in waiting:
                stream.settimeout(0.2 if not waiting else 5)
                try:
                    data = stream.recv(65536)
                except TimeoutError:
                    if self._stopping.is_set():
                        return
                    continue
                if not data:
                    return
                waiting += data
            stream.settimeout(5)
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            yield Asked(first.split(" ")[1], headers)

    def _act(self, talk: Talk) -> bool:
        path = talk.asked.path
        self.asked.append(talk.asked)
        actions = self.routes.get(path, [answer(404)])
        number, self._counts[path] = self._counts[path], self._counts[path] + 1
        return actions[min(number, len(actions) - 1)](talk)
