"""Who may ask the page for what: host, origin, token, size; and what a browser is told to refuse.

A page on this machine can be attacked by any site that the reviewer has open: by requests to its address (cross-site
request forgery) and by a name that is made to point to it (DNS rebinding). The first is stopped by a token that only
our own page holds, the second by refusing every host name but ours. And it can be asked by every other user of this
machine, so that reading takes the token too: it is in the address that the server prints, and becomes a cookie.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-factcheck-token"
MAX_BODY_BYTES = 20 * 1024 * 1024
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Return whether ``host`` is a name or address of this machine that no other machine can reach."""
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Access:
    """Where the page listens and the token that lets in: for reading as a cookie, for writes as a header.

    ``ticket`` stands for the token in one address, once: other users of this machine can see what a browser is started
    with, so that the address it is given must be worth nothing to them a moment later.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie, with the port: cookies do not tell the ports of a machine apart."""
        return f"factcheck_token_{self.port}"

    def accepts_host(self, header: str | None) -> bool:
        """Return whether a ``Host`` header names this server."""
        name = _host_name(header)
        if name is None:
            return False
        if name == self.host or (is_loopback(self.host) and is_loopback(name)):
            return True
        if self.host not in ("0.0.0.0", "::"):
            return False
        return is_loopback(name) or name == socket.gethostname().lower() or _is_address(name)

    def accepts_token(self, given: str | None) -> bool:
        """Return whether a token is the right one, in a time that does not depend on how wrong it is."""
        return given is not None and _same(given, self.token)


class Guard:
    """ASGI middleware that lets a request through or answers it with the reason why not."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access
        self._ticket: str | None = access.ticket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, limit its body, and add our headers to the answer."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, _limit(receive), send_guarded)

    def _refuse(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        access = self._access
        if not access.accepts_host(headers.get("host")):
            return _say(403, "this address is not the one that the page is served at")
        if not _same_origin(headers):
            return _say(403, "requests from other sites are refused")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return _say(413, f"at most {MAX_BODY_BYTES // (1024 * 1024)} MB can be sent")
        header = headers.get(TOKEN_HEADER)
        if scope["method"] not in _SAFE_METHODS:
            if access.accepts_token(header):
                return None
            return _say(403, f"writing needs the token that the server printed, in the header {TOKEN_HEADER}")
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [None])[0]
        if access.accepts_token(asked) or self._takes_ticket(asked):
            return _let_in(access, scope["path"])
        if access.accepts_token(header) or access.accepts_token(_cookie(headers, access.cookie)):
            return None
        return _keep_out(scope["path"], headers)

    def _takes_ticket(self, given: str | None) -> bool:
        """Return whether the ticket was given, which is worth nothing from then on."""
        if given is None or self._ticket is None or not _same(given, self._ticket):
            return False
        self._ticket = None
        return True


class BodyTooLarge(Exception):
    """More bytes came than were announced or are allowed."""


def _limit(receive: Receive) -> Receive:
    """Count what comes, since a length need not be announced."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MAX_BODY_BYTES:
                raise BodyTooLarge
        return message

    return limited


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def _let_in(access: Access, path: str) -> ASGIApp:
    """Set the cookie and go on to ``path`` without the token, which does not belong in the history of a browser.

    By a page and not by a redirect: one that was opened from elsewhere (a terminal in the browser, a mail) would not
    be sent a strict cookie, while a page of ours that opens the next one is.
    """
    answer = HTMLResponse(_page("factcheck", '<a href="{0}">open the page</a>', path, refresh=True))
    answer.set_cookie(access.cookie, access.token, httponly=True, samesite="strict", path="/")
    return answer


def _keep_out(path: str, headers: Mapping[str, Any]) -> ASGIApp:
    """Say to a program, or on a page where the token can be given, that it is wanted."""
    if path.startswith("/api/") or "text/html" not in headers.get("accept", ""):
        return _say(401, f"open the address with ?token=... that the server printed, or send the header {TOKEN_HEADER}")
    text = (
        "<p>Open the address that <code>factcheck serve</code> printed, or give the token in it.</p>"
        '<form method="get" action="{0}"><label>Token <input name="token" type="password" required></label>'
        '<button>Open</button></form><p><a href="{0}">Try again</a></p>'
    )
    return HTMLResponse(_page("The page wants its token", text, path), status_code=401)


def _page(title: str, body: str, path: str, *, refresh: bool = False) -> str:
    """Return a small page with ``path`` on this server, and on no other, put into ``body``."""
    address = escape(quote("/" + path.lstrip("/")), quote=True)
    head = f'<meta http-equiv="refresh" content="0;url={address}">' if refresh else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{body.format(address)}</main></body></html>"
    )


def _say(status: int, reason: str) -> ASGIApp:
    return JSONResponse({"detail": reason}, status_code=status)


def _same_origin(headers: Mapping[str, Any]) -> bool:
    origin = headers.get("origin")
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        # A link on another site may open the page, which shows it to the person alone; nothing else may be asked.
        return headers.get("sec-fetch-mode") == "navigate" and origin is None
    if origin is None:
        return True
    return bool(urlsplit(origin).netloc) and urlsplit(origin).netloc == headers.get("host")


def _host_name(header: str | None) -> str | None:
    if not header:
        return None
    try:
        name = urlsplit(f"//{header}").hostname
    except ValueError:
        return None
    return name.lower() if name else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _cookie(headers: Mapping[str, Any], name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None
