"""Pages from the web, fetched with care.

Every hop of a redirect is checked anew, and the connection goes to the very address that was checked, so that a name
which answers differently the second time leads nowhere. Proxies set in the environment are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from factcheck import __version__
from factcheck.errors import BadDocument

_CHUNK = 65_536
_KEPT = "/%:@!$&'()*+,;=~?[]|"
"""What stands in a path or query as it is, besides letters, digits and ``-._``."""

AddressTest = Callable[[str], bool]
"""Says of a numeric address whether it may be connected to."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: ``url`` is where the redirects ended, ``file_name`` the last part of its path."""

    url: str
    content: bytes
    media_type: str
    file_name: str


def is_public(address: str) -> bool:
    """Say whether a numeric address is one of the public internet, mapped and tunnelled forms looked through."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may take."""

    bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5


def fetch(
    url: str, *, allow_private: bool = False, may_connect: AddressTest | None = None, limits: Limits | None = None
) -> Page:
    """Return what an http or https address gives, following redirects.

    :raises BadDocument: when it leads to a private address, fails, is too large or takes too long.
    """
    test = may_connect if may_connect is not None else (lambda address: allow_private or is_public(address))
    limits = limits if limits is not None else Limits()
    deadline = time.monotonic() + limits.seconds
    here = url
    for _ in range(limits.redirects + 1):
        try:
            location, page = _get(here, name=url, test=test, deadline=deadline, max_bytes=limits.bytes)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "took too long" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
            raise BadDocument(f"{url}: cannot be fetched ({reason})") from None
        if page is not None:
            return page
        here = urljoin(here, location)
    raise BadDocument(f"{url}: more than {limits.redirects} redirects")


def _get(url: str, *, name: str, test: AddressTest, deadline: float, max_bytes: int) -> tuple[str, Page | None]:
    """Return the page at an address, or where it redirects to."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadDocument(f"{name}: leads to {url}; only http and https addresses are fetched")
    if parts.username is not None:
        raise BadDocument(f"{name}: holds a user name; only open pages are fetched")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(parts.hostname, port, name=name, test=test)
    connection = _Pinned(parts.hostname, port, address=address, secure=parts.scheme == "https", deadline=deadline)
    try:
        accept = {"Accept": "text/html,application/pdf,text/*;q=0.9,*/*;q=0.5", "Accept-Encoding": "identity"}
        connection.request("GET", _write_path(parts), headers={"User-Agent": f"factcheck/{__version__}", **accept})
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308} and (location := response.getheader("Location")):
            return _read_location(location), None
        if response.status != 200:
            raise BadDocument(f"{name}: the server answered {response.status} {response.reason}")
        content = _read(response, connection, name=name, max_bytes=max_bytes)
        media_type = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
        return "", Page(url, content, media_type, parts.path.rsplit("/", 1)[-1] or parts.hostname)
    finally:
        connection.close()


def _write_path(parts: SplitResult) -> str:
    """Return what is asked of the server, everything outside ASCII percent-encoded; what is encoded stays so."""
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return quote(parts.path, safe=_KEPT) + query if parts.path else "/" + query


def _read_location(location: str) -> str:
    """Return where a redirect leads; headers are read as Latin-1, and many servers write UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _resolve(host: str, port: int, *, name: str, test: AddressTest) -> str:
    """Return the address to connect to; one forbidden address of a name forbids the name."""
    try:
        found: Sequence[str] = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (socket.gaierror, UnicodeError):
        raise BadDocument(f"{name}: there is no host {host}") from None
    for address in found:
        if not test(address):
            raise BadDocument(
                f"{name}: {host} is at the private address {address}; --allow-private fetches it all the same"
            )
    return found[0]


def _read(response: http.client.HTTPResponse, connection: _Pinned, *, name: str, max_bytes: int) -> bytes:
    content = bytearray()
    while True:
        connection.limit_wait()
        chunk = response.read1(_CHUNK)
        if not chunk:
            return bytes(content)
        content += chunk
        if len(content) > max_bytes:
            raise BadDocument(f"{name}: over the limit of {max_bytes:,} bytes; save it and add the file")


class _Pinned(http.client.HTTPConnection):
    """A connection to one address under another name, with one deadline for all of it."""

    def __init__(self, host: str, port: int, *, address: str, secure: bool, deadline: float) -> None:
        super().__init__(host, port)
        self._address = address
        self._secure = secure
        self._deadline = deadline
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        """Connect to the address that was checked."""
        # Kept apart from ``sock``, which is given up as soon as an answer says that it ends with its connection.
        self._held = socket.create_connection((self._address, self.port), timeout=_left(self._deadline))
        if self._secure:
            self._held = ssl.create_default_context().wrap_socket(self._held, server_hostname=self.host)
        self.sock = self._held

    def limit_wait(self) -> None:
        """Let the next wait last no longer than is left."""
        self._held.settimeout(_left(self._deadline))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
