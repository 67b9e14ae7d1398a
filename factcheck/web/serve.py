"""Start the page for a workspace and stop it again."""

from __future__ import annotations

import os
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from factcheck.errors import BadWorkspace
from factcheck.ledger import Ledger, resolve_reviewer
from factcheck.web.app import create_app
from factcheck.web.desk import Desk
from factcheck.web.guard import Access, is_loopback
from factcheck.web.workbench import ArticleReader, Workbench, WorkspaceLibrary

if TYPE_CHECKING:
    from factcheck.build import Settings
    from factcheck.workspace import Workspace

TOKEN_VARIABLE = "FACTCHECK_TOKEN"


def serve(
    settings: Settings,
    workspace: Workspace,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    open_browser: bool = True,
    reviewer: str | None = None,
    note: Callable[[str], None] = lambda message: None,
) -> None:
    """Serve the page until interrupted; ``note`` is told the address with the token that lets in.

    Port 0 takes any free one. Where the workspace has no ledger of its own (the shipped library), reviews are kept in
    ``claims/ledger.db`` of the current folder.

    :raises BadWorkspace: when the port is taken or the address is not one of this machine.
    :raises BadLedger: when the ledger cannot be used.
    """
    import uvicorn

    listening = _listen(host, port)
    try:
        access = _make_access(host, listening.getsockname()[1])
        ledger = Ledger.open(workspace.ledger or Path.cwd() / "claims" / "ledger.db")
        workbench = Workbench(settings, workspace)
        library = WorkspaceLibrary(workspace, workbench)
        desk = Desk(ledger, workbench, library, ArticleReader(), reviewer=resolve_reviewer(reviewer))
        address = describe_address(access)
        note(f"the review page is at {address} (stop with Ctrl-C)")
        note(f"programs send the header X-Factcheck-Token: {access.token}")
        if open_browser:
            webbrowser.open(describe_address(access, token=access.ticket))
        config = uvicorn.Config(
            create_app(desk, access), log_level="warning", access_log=False, server_header=False, proxy_headers=False
        )
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def describe_address(access: Access, *, token: str | None = None) -> str:
    """Return the address to open, with the token or what is given for it."""
    shown = "127.0.0.1" if access.host in ("0.0.0.0", "::") else access.host
    name = f"[{shown}]" if ":" in shown else shown
    return f"http://{name}:{access.port}/?token={quote(token or access.token)}"


def _make_access(host: str, port: int) -> Access:
    token = os.environ.get(TOKEN_VARIABLE)
    if token is None:
        return Access(host, port)
    if len(token) < 16 and not is_loopback(host):
        raise BadWorkspace(f"{TOKEN_VARIABLE} has {len(token)} characters; off this machine it takes 16 or more")
    return Access(host, port, token)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadWorkspace(f"cannot listen on {host}, port {port} ({reason}); choose another with --port") from error
    listening.listen(128)
    return listening
