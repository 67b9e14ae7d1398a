"""The page and the API as one ASGI application."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from factcheck import __version__
from factcheck.errors import BadLedger, FactcheckError
from factcheck.report.clean import clean_line
from factcheck.web.api import make_api
from factcheck.web.desk import Desk
from factcheck.web.guard import Access, BodyTooLarge, Guard
from factcheck.web.pages import make_pages, render_error

_FOLDERS = re.compile(r"(?<![\w.:/])(?:[A-Za-z]:)?(?:[/\\][^\s/\\:;,'\"]+)*[/\\](?=[^\s/\\])")
STATIC = Path(__file__).resolve().parent / "static"


def create_app(desk: Desk, access: Access) -> FastAPI:
    """Return the application over ``desk``, guarded by ``access``; the desk is closed when the server stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="factcheck",
        version=__version__,
        description="Check articles, read and decide claims, keep reference documents. Every request needs the "
        "server's token in the header X-Factcheck-Token.",
        docs_url=None,  # the interactive pages of FastAPI load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        middleware=[Middleware(Guard, access=access)],
    )

    def tell(request: Request, status: int, message: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": message}, status_code=status)
        return render_error(status, message, desk=desk, access=access)

    @app.exception_handler(FactcheckError)
    def explain(request: Request, error: FactcheckError) -> Response:
        message = hide_folders(clean_line(str(error)), desk.ledger.path.parent)
        return tell(request, 503 if isinstance(error, BadLedger) else 400, message)

    @app.exception_handler(HTTPException)
    def refuse(request: Request, error: HTTPException) -> Response:
        return tell(request, error.status_code, str(error.detail))

    @app.exception_handler(BodyTooLarge)
    def too_large(request: Request, error: BodyTooLarge) -> JSONResponse:
        return JSONResponse({"detail": "more was sent than is allowed"}, status_code=413)

    app.include_router(make_api(desk))
    app.include_router(make_pages(desk, access))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def hide_folders(message: str, known: Path) -> str:
    """Return a message in which files keep their names alone; ``known`` is a folder that may hold spaces."""
    if known.is_absolute():
        message = message.replace(str(known), "")
    return _FOLDERS.sub("", message)
