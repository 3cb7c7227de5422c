"""One HTTP/1.1 request to one named server, and its reply as it comes: bounded, and never out of hand.

Nothing here blocks for longer than ``BEAT``, but the look-up of a name: while it waits a generator yields
None, and closing it closes the connection. So a stop is heeded at once without a thread (``http.client``
cannot be woken while it reads; its parser of headers is used). No proxy is asked, no redirect followed, no
cookie kept, no reply unpacked; every connection goes to an address of the very name that was given, and is
used once.
"""

from __future__ import annotations

import http.client
import io
import os
import re
import selectors
import socket
import ssl
import time
from collections.abc import Generator
from dataclasses import dataclass

from core.errors import EngineError

BEAT = 0.04  # seconds between yields while nothing comes
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 300.0  # a long prompt on a slow server says nothing for a while
TOTAL_SECONDS = 3600.0
_HEAD = 64 * 1024  # bytes of a reply's head
_PIECE = 64 * 1024
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}\Z")

Waits = Generator[None, None, None]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect to; ``tls`` None means plain HTTP."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None

    @property
    def authority(self) -> str:
        """``host:port`` as a header and a person want it; an IPv6 address stands in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Head:
    """How a reply begins. ``server`` is what the server calls itself, as it says."""

    status: int
    kind: str
    server: str


def request(
    endpoint: Endpoint, method: str, path: str, body: bytes = b"", key: str = ""
) -> Generator[Head | bytes | None, None, None]:
    """Send a request; yield its reply's head, then its body in pieces, and None while nothing comes.

    Raises EngineError ``server_…`` with the server as ``server``: ``unknown``, ``refused``, ``timeout``,
    ``certificate``, ``tls``, ``broke``, ``reply``, ``too_large``, ``offline`` (the guard of this process).
    """
    server = endpoint.authority
    try:
        line = yield from _connected(endpoint)
        with line.socket:
            yield from line.send(_written(endpoint, method, path, body, key))
            head, chunked, length = yield from _head(line)
            yield head
            yield from _body(line, chunked, length)
    except ssl.SSLCertVerificationError as error:
        raise EngineError("server_certificate", server=server, detail=error.verify_message) from error
    except ssl.SSLError as error:
        raise EngineError("server_tls", server=server, detail=error.reason or "?") from error
    except TimeoutError as error:
        raise EngineError("server_timeout", server=server) from error
    except PermissionError as error:  # our own guard, or the system's filter
        raise EngineError("server_offline", server=server) from error
    except ConnectionRefusedError as error:
        raise EngineError("server_refused", server=server) from error
    except OSError as error:
        raise EngineError(
            "server_broke", server=server, detail=error.strerror or type(error).__name__
        ) from error


class _Line:
    """A connection that never blocks, and what was received and not yet used."""

    def __init__(self, sock: socket.socket, server: str) -> None:
        self.socket = sock
        self._server = server
        self._held = bytearray()
        self._until = time.monotonic() + TOTAL_SECONDS

    def bad(self, code: str = "server_reply", detail: str = "") -> EngineError:
        """The error to raise for something that the server sent."""
        return EngineError(code, server=self._server, detail=detail)

    def handshake(self) -> Waits:
        """Agree on a TLS session, where this is one."""
        limit = time.monotonic() + CONNECT_SECONDS
        while isinstance(self.socket, ssl.SSLSocket):
            try:
                self.socket.do_handshake()
                return
            except ssl.SSLWantReadError:
                yield from _wait(self.socket, selectors.EVENT_READ, limit)
            except ssl.SSLWantWriteError:
                yield from _wait(self.socket, selectors.EVENT_WRITE, limit)

    def send(self, data: bytes) -> Waits:
        """Send everything."""
        left = memoryview(data)
        while left:
            try:
                left = left[self.socket.send(left) :]
            except (BlockingIOError, ssl.SSLWantWriteError):
                yield from _wait(self.socket, selectors.EVENT_WRITE, self._limit())
            except ssl.SSLWantReadError:
                yield from _wait(self.socket, selectors.EVENT_READ, self._limit())

    def line(self, longest: int) -> Generator[None, None, bytes]:
        """The next line without its end."""
        while (at := self._held.find(b"\n")) < 0:
            if len(self._held) > longest:
                raise self.bad("server_too_large")
            if not (yield from self._more()):
                raise self.bad("server_broke", "EOF")
        found = bytes(self._held[:at]).rstrip(b"\r")
        del self._held[: at + 1]
        if len(found) > longest:
            raise self.bad("server_too_large")
        return found

    def some(self, most: int) -> Generator[None, None, bytes]:
        """What there is next, at most so many bytes; none at the end of the connection."""
        if not self._held:
            yield from self._more()
        found = bytes(self._held[:most])
        del self._held[:most]
        return found

    def _more(self) -> Generator[None, None, bool]:
        """Receive something; False when the server has closed the connection."""
        limit = self._limit()
        while True:
            try:
                piece = self.socket.recv(_PIECE)
            except (BlockingIOError, ssl.SSLWantReadError):
                yield from _wait(self.socket, selectors.EVENT_READ, limit)
            except ssl.SSLWantWriteError:
                yield from _wait(self.socket, selectors.EVENT_WRITE, limit)
            else:
                self._held += piece
                return bool(piece)

    def _limit(self) -> float:
        return min(self._until, time.monotonic() + SILENCE_SECONDS)


def _connected(endpoint: Endpoint) -> Generator[None, None, _Line]:
    """The first address of the name that takes the connection."""
    yield None
    try:
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise EngineError("server_unknown", server=endpoint.authority) from error
    failed: OSError | None = None
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            yield from _connect(sock, address)
            if endpoint.tls is not None:
                sock = endpoint.tls.wrap_socket(
                    sock, server_hostname=endpoint.host, do_handshake_on_connect=False
                )
            line = _Line(sock, endpoint.authority)
            yield from line.handshake()
        except (ssl.SSLError, PermissionError):
            sock.close()
            raise
        except OSError as error:
            sock.close()
            failed = error
        except GeneratorExit:
            sock.close()
            raise
        else:
            return line
    raise failed or EngineError("server_unknown", server=endpoint.authority)


def _connect(sock: socket.socket, address: object) -> Waits:
    sock.setblocking(False)
    try:
        sock.connect(address)  # type: ignore[arg-type]  # as getaddrinfo gave it
    except BlockingIOError:
        yield from _wait(sock, selectors.EVENT_WRITE, time.monotonic() + CONNECT_SECONDS)
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))  # becomes the subclass that fits, as ConnectionRefusedError


def _wait(sock: socket.socket, event: int, limit: float) -> Waits:
    """Until the socket is ready. Raises TimeoutError at the limit."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        while not selector.select(BEAT):
            if time.monotonic() > limit:
                raise TimeoutError
            yield None


def _written(endpoint: Endpoint, method: str, path: str, body: bytes, key: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {endpoint.authority}",
        "Accept: application/json, text/event-stream",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    lines += [f"Authorization: Bearer {key}"] if key else []
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _head(line: _Line) -> Generator[None, None, tuple[Head, bool, int | None]]:
    """The reply's head, whether its body comes in chunks, and its length where it is told."""
    status = 100
    while 100 <= status < 200:  # notes on the way to the reply
        first = yield from line.line(_HEAD)
        begins = re.match(rb"HTTP/1\.[01] (\d{3})(?: |\Z)", first)
        if begins is None:
            raise line.bad(detail="HTTP")
        status = int(begins[1])
        gathered = bytearray()
        while row := (yield from line.line(_HEAD)):
            gathered += row + b"\r\n"
            if len(gathered) > _HEAD:
                raise line.bad("server_too_large")
    try:
        fields = http.client.parse_headers(io.BytesIO(bytes(gathered) + b"\r\n"))
    except http.client.HTTPException as error:
        raise line.bad(detail="HTTP") from error
    if (fields.get("Content-Encoding") or "identity").lower() != "identity":
        raise line.bad(detail="Content-Encoding")
    told = fields.get("Content-Length")
    if told is not None and not re.fullmatch(r"[0-9]{1,18}", told.strip()):
        raise line.bad(detail="Content-Length")
    head = Head(status, fields.get_content_type(), fields.get("Server") or "")
    chunked = (fields.get("Transfer-Encoding") or "").strip().lower() == "chunked"
    return head, chunked, None if told is None else int(told)


def _body(line: _Line, chunked: bool, length: int | None) -> Generator[bytes | None, None, None]:
    if chunked:
        while size := (yield from _chunk_size(line)):
            yield from _exactly(line, size)
            if (yield from line.line(_HEAD)):
                raise line.bad(detail="chunk")
    elif length is not None:
        yield from _exactly(line, length)
    else:
        while piece := (yield from line.some(_PIECE)):
            yield piece


def _chunk_size(line: _Line) -> Generator[None, None, int]:
    told = (yield from line.line(_HEAD)).split(b";")[0].strip()
    if not _CHUNK_SIZE.match(told):
        raise line.bad(detail="chunk")
    return int(told, 16)


def _exactly(line: _Line, size: int) -> Generator[bytes | None, None, None]:
    while size:
        piece = yield from line.some(min(size, _PIECE))
        if not piece:
            raise line.bad("server_broke", "EOF")
        size -= len(piece)
        yield piece
