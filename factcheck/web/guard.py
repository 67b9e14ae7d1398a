"""Who may ask the page for what: host, origin, token, size; and what a browser is told to refuse.

A page on this machine can be attacked by any site that the reviewer has open: by requests to its address (cross-site
request forgery) and by a name that is made to point to it (DNS rebinding). The first is stopped by a token that only
our own page holds, the second by refusing every host name but ours.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-factcheck-token"
COOKIE = "factcheck_token"
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
    """Where the page listens and the token that lets in: for every request off loopback, for writes always."""

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def open_to_read(self) -> bool:
        """Whether reading needs no token."""
        return is_loopback(self.host)

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
        return given is not None and secrets.compare_digest(given.encode(), self.token.encode())


class Guard:
    """ASGI middleware that lets a request through or answers it with the reason why not."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access

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
        reading = scope["method"] in _SAFE_METHODS
        header = headers.get(TOKEN_HEADER)
        if not reading and not access.accepts_token(header):
            return _say(403, f"writing needs the token that the server printed, in the header {TOKEN_HEADER}")
        if access.open_to_read or access.accepts_token(header) or access.accepts_token(_cookie(headers)):
            return None
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [None])[0]
        if reading and access.accepts_token(asked):
            answer = RedirectResponse(scope["path"], status_code=303)
            answer.set_cookie(COOKIE, access.token, httponly=True, samesite="strict", path="/")
            return answer
        return _say(401, "open the address with ?token=... that the server printed")


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


def _cookie(headers: Mapping[str, Any]) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
