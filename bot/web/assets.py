"""Scripts and styles under an address that changes with them, so that a browser may keep them for good."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_YEAR_SECONDS = 365 * 24 * 3600
_FOR_GOOD = f"public, max-age={_YEAR_SECONDS}, immutable"


class _Kept(StaticFiles):
    """Files that never change under their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or 404."""
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = _FOR_GOOD
        return response


class Assets:
    """The files of one folder.

    Args:
        folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        content = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
        self._root = f"/static/{hashlib.sha256(content).hexdigest()[:12]}"

    def mount(self, app: FastAPI) -> None:
        """Serve them under the present version."""
        app.mount(self._root, _Kept(directory=self._folder), name="static")

    def url(self, name: str) -> str:
        """The address of the file `name`."""
        return f"{self._root}/{name}"
