"""Style sheet, scripts and icon: few and small, so they are read once and kept in memory.

Each address carries the hash of its contents, so a browser may keep it for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request

from archive.resources import static_dir
from archive.rules.access import public

blueprint = Blueprint("assets", __name__)
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_ASSETS = "reading_room_assets"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file with the short hash that stands in its address."""

    data: bytes
    mimetype: str
    version: str


def install_assets(app: Flask) -> None:
    """Read the files, and give templates ``asset(name)``."""
    assets = {path.name: _read(path) for path in sorted(static_dir().iterdir()) if path.suffix in _TYPES}
    app.extensions[_ASSETS] = assets
    app.register_blueprint(blueprint)
    app.add_template_global(asset_path, "asset")


def asset_path(name: str) -> str:
    """The address of an asset, with its version."""
    return f"{request.script_root}/static/{name}?v={_assets()[name].version}"


@blueprint.get("/static/<name>")
@public
def show_asset(name: str) -> Response:
    """One of the files of the site itself."""
    asset = _assets().get(name) or abort(404)
    response = Response(asset.data, mimetype=asset.mimetype)
    # Weak, because the same file also goes out compressed.
    response.set_etag(asset.version, weak=True)
    if request.args.get("v") == asset.version:
        response.headers["Cache-Control"] = _FOR_EVER
    response.make_conditional(request)
    return response


def _assets() -> dict[str, Asset]:
    assets: dict[str, Asset] = current_app.extensions[_ASSETS]
    return assets


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    return Asset(data, _TYPES[path.suffix], hashlib.sha256(data).hexdigest()[:12])
