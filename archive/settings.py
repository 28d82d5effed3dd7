"""All settings, with their names, defaults and help: frozen, typed, made once and passed in.

From the environment, or from ``settings.toml`` in the home (the same names without READING_ROOM_,
in lower case). An unknown READING_ROOM_ name is an error: a misspelt setting must not be ignored.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import BadSetting

PREFIX = "READING_ROOM_"
DEFAULT_HOME = "./reading-room-home"
RESTORING = ".restoring"  # a folder in a home that is being made of a backup


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as the documentation shows it."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("home", DEFAULT_HOME, "The folder that holds everything: database, files, index, secret key."),
    Setting("database_url", "", "The database. Default: SQLite in the home."),
    Setting("storage_url", "", "The file store. Default: files in the home. s3://bucket/prefix for S3."),
    Setting("s3_endpoint_url", "", "The address of an S3-compatible server."),
    Setting("search_url", "", "The search engine. Default: a Whoosh index in the home."),
    Setting("search_cache_mb", "192", "Megabytes of answers that a process keeps. Index files come on top."),
    Setting("queue_url", "", "The job queue. Default: SQLite in the home."),
    Setting("mail_url", "", "Where mail goes: smtp://user:password@host:587?starttls, smtps://... or log:."),
    Setting("mail_from", "", "The sender of mail. Default: no-reply at the host of the public address."),
    Setting("site_name", "Reading Room", "The name at the top of every page."),
    Setting("base_url", "", "The site's public address. Default: taken from the request."),
    Setting("trusted_proxy", "127.0.0.1", "Whose X-Forwarded-For and -Proto are believed. * for anybody's."),
    Setting("secret_key", "", "Signs cookies and tokens. Default: made at init and kept in the home."),
    Setting("second_factor", "required", "Authenticator codes for editors and admins: required or optional."),
    Setting("session_hours", "12", "How long somebody stays signed in without coming back."),
    Setting("reviewers", "1", "How many people must agree that a finding is not private: 1 or 2."),
    Setting("most_upload_mb", "2048", "The largest file that is taken, in megabytes."),
    Setting("upload_quota_mb", "20000", "How much a volunteer may send in 30 days, in megabytes."),
    Setting("readers", "0", "How many pages are read at the same time. Default: one a core."),
)
_NAMES = {setting.name for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one archive."""

    home: Path
    database_url: str
    storage_url: str
    s3_endpoint_url: str
    search_url: str
    search_cache_mb: int
    queue_url: str
    mail_url: str
    mail_from: str
    site_name: str
    base_url: str
    trusted_proxy: str
    secret_key: str
    second_factor: bool
    session_hours: int
    reviewers: int
    most_upload_mb: int
    upload_quota_mb: int
    readers: int


def load_settings(home: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; ``home`` (from ``--home``) wins over the environment.

    Raises ``BadSetting`` with the name that is wrong. Makes nothing on disk.
    """
    environ = os.environ if environ is None else environ
    given = _from_environment(environ)
    folder = Path(home or given.get("home") or DEFAULT_HOME).expanduser().resolve()
    values = _from_file(folder / "settings.toml") | given
    text = {setting.name: values.get(setting.name, setting.default) for setting in SETTINGS}
    return Settings(
        home=folder,
        database_url=text["database_url"] or f"sqlite:///{folder / 'archive.sqlite3'}",
        storage_url=text["storage_url"] or f"file://{folder / 'files'}",
        s3_endpoint_url=text["s3_endpoint_url"],
        search_url=text["search_url"] or f"whoosh://{folder / 'index'}",
        search_cache_mb=_number(text["search_cache_mb"], "search_cache_mb"),
        queue_url=text["queue_url"] or f"sqlite://{folder / 'queue.sqlite3'}",
        mail_url=text["mail_url"] or "log:",
        mail_from=text["mail_from"],
        site_name=text["site_name"],
        base_url=text["base_url"].rstrip("/"),
        trusted_proxy=text["trusted_proxy"],
        secret_key=text["secret_key"],
        second_factor=_choice(text["second_factor"], "second_factor", ("required", "optional")) == "required",
        session_hours=_number(text["session_hours"], "session_hours"),
        reviewers=int(_choice(text["reviewers"], "reviewers", ("1", "2"))),
        most_upload_mb=_number(text["most_upload_mb"], "most_upload_mb"),
        upload_quota_mb=_number(text["upload_quota_mb"], "upload_quota_mb"),
        readers=_number(text["readers"], "readers"),
    )


def make_home(settings: Settings) -> None:
    """Make the home folder (for its owner alone) and its secret key, if they are not there yet.

    Raises ``BadSetting`` for a home that cannot be made, or that a backup is being restored into.
    """
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise BadSetting(
            f"The home {settings.home} cannot be made.", help="Choose another folder with --home."
        ) from error
    if (settings.home / RESTORING).exists():
        raise BadSetting(
            f"A backup is being restored into {settings.home}.",
            help="Wait until that has ended. If it was stopped, delete the folder and restore again.",
        )
    key_file = settings.home / "secret_key"
    try:
        descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the setting, else the one in the home."""
    return settings.secret_key or (settings.home / "secret_key").read_text().strip()


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    given = {
        name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)
    }
    _refuse_unknown(given, lambda name: PREFIX + name.upper())
    return given


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        given = {name: str(value) for name, value in tomllib.loads(path.read_text()).items()}
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{path} is not valid TOML.", help=str(error)) from error
    _refuse_unknown(given, lambda name: f"{name} in {path}")
    return given


def _refuse_unknown(given: Mapping[str, str], shown: Callable[[str], str]) -> None:
    for name in given:
        if name not in _NAMES:
            raise BadSetting(
                f"There is no setting {shown(name)}.",
                help="Known settings: " + ", ".join(PREFIX + known.upper() for known in sorted(_NAMES)),
            )


def _number(text: str, name: str) -> int:
    if not text.isdigit():
        raise BadSetting(f"{PREFIX}{name.upper()} must be a whole number, not {text!r}.")
    return int(text)


def _choice(text: str, name: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise BadSetting(f"{PREFIX}{name.upper()} must be {' or '.join(choices)}, not {text!r}.")
    return text
