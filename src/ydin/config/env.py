"""Every environment variable that Ydin reads, typed. A production start without a needed one fails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from environs import Env, EnvValidationError
from psycopg.conninfo import conninfo_to_dict

ENVIRONMENTS = ("production", "demo", "test", "development")
DATABASE_ROLES = ("web", "worker", "owner")


@dataclass(frozen=True)
class Environment:
    """What the surroundings say. See `docs/operations.md` for one line on each."""

    name: str
    secret_key: str
    secret_key_fallbacks: list[str]
    database_url: str
    database_role: str
    base_url: str
    allowed_hosts: list[str]
    email_url: str
    mail_from: str
    mail_per_minute: int
    trusted_proxies: int
    pool_size: int
    map_tiles: str = ""
    map_attribution: str = ""
    reply_address: str = ""
    imap_url: str = ""
    database: dict[str, Any] = field(default_factory=dict)

    @property
    def debug(self) -> bool:
        """True only on a developer's own machine."""
        return self.name == "development"

    @property
    def secure(self) -> bool:
        """True when the site is served over TLS, so cookies may be marked secure."""
        return self.base_url.startswith("https://")


def read_environment() -> Environment:
    """Read the process environment.

    Raises:
        environs.EnvError: a variable is missing or has no valid value; the message names it.

    """
    env = Env()
    name = env.str("YDIN_ENV", validate=_one_of("YDIN_ENV", ENVIRONMENTS))
    return Environment(
        name=name,
        secret_key=_secret(env, "YDIN_SECRET_KEY"),
        secret_key_fallbacks=_several(_secret(env, "YDIN_SECRET_KEY_FALLBACKS", "")),
        database_url=_secret(env, "DATABASE_URL"),
        database_role=env.str("YDIN_DB_ROLE", "web", validate=_one_of("YDIN_DB_ROLE", DATABASE_ROLES)),
        base_url=env.str("YDIN_BASE_URL").rstrip("/"),
        allowed_hosts=env.list("YDIN_ALLOWED_HOSTS", []),
        email_url=_secret(env, "YDIN_EMAIL_URL", None if name == "production" else ""),
        mail_from=env.str("YDIN_MAIL_FROM", "Ydin <noreply@localhost>"),
        mail_per_minute=env.int("YDIN_MAIL_PER_MINUTE", 60),
        reply_address=env.str("YDIN_REPLY_ADDRESS", "", validate=_mailbox).lower(),
        imap_url=_mailbox_address(_secret(env, "YDIN_IMAP_URL", "")),
        trusted_proxies=env.int("YDIN_TRUSTED_PROXIES", 0),
        pool_size=env.int("YDIN_DB_POOL", 8),
        map_tiles=env.str("YDIN_MAP_TILES", "", validate=_tiles),
        map_attribution=env.str("YDIN_MAP_ATTRIBUTION", ""),
    )


def _secret(env: Env, name: str, otherwise: str | None = None) -> str:
    """Return a secret from the variable, or from the file that the variable with `_FILE` behind it names."""
    path = env.str(f"{name}_FILE", "")
    if not path:
        return str(env.str(name)) if otherwise is None else str(env.str(name, otherwise))
    if env.str(name, ""):
        raise EnvValidationError(f"set {name} or {name}_FILE, not both", [])
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvValidationError(f"{name}_FILE cannot be read: {error}", []) from error


def _several(text: str) -> list[str]:
    """Return what stands between commas or on lines of its own."""
    return [part for part in text.replace(",", "\n").split() if part]


def _mailbox(value: str) -> None:
    """Refuse what leaves no room for a signed part in the 64 characters before the @ (RFC 5321, 4.5.3.1.1)."""
    if value and not re.fullmatch(r"[A-Za-z0-9._-]{1,11}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value):
        raise ValueError(
            "YDIN_REPLY_ADDRESS must be an address with at most 11 characters before the @, "
            "e.g. answers@example.org"
        )


def _mailbox_address(value: str) -> str:
    """Return the address of a mailbox; refuse one without a known scheme and a host, without repeating it."""
    if value and not re.match(r"(imaps|imap\+tls|imap)://([^@/]*@)?[^@/]+(/|$)", value):
        raise EnvValidationError("YDIN_IMAP_URL must be like imaps://user:password@host/INBOX", [])
    return value


def _one_of(name: str, allowed: tuple[str, ...]) -> Any:
    def check(value: str) -> None:
        if value not in allowed:
            msg = f"{name} must be one of {', '.join(allowed)}"
            raise ValueError(msg)

    return check


def _tiles(value: str) -> None:
    """Refuse anything but an https address with the three placeholders."""
    if value and not (value.startswith("https://") and all(part in value for part in ("{z}", "{x}", "{y}"))):
        raise EnvValidationError("YDIN_MAP_TILES must be like https://tiles.example.org/{z}/{x}/{y}.png", [])


def folder_of(package: str) -> Path:
    """Return the folder of an installed package without importing it."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(found.submodule_search_locations[0])


def django_database(env: Environment) -> dict[str, Any]:
    """Turn the libpq address into Django's settings, with the connection's role set at connect time."""
    info = conninfo_to_dict(env.database_url)
    options: dict[str, Any] = {
        k: v for k, v in info.items() if k not in {"dbname", "user", "password", "host", "port", "options"}
    }
    given = str(info.get("options") or "")
    role = "" if env.database_role == "owner" else f"-c role=ydin_{env.database_role}"
    options["options"] = " ".join(part for part in (given, role, "-c timezone=UTC", "-c jit=off") if part)
    if env.name != "test" and env.database_role == "web":
        options["pool"] = {"min_size": 1, "max_size": env.pool_size, "timeout": 10}
    return {
        "ENGINE": "ydin.kernel.postgresql",
        "NAME": info.get("dbname") or "ydin",
        "USER": info.get("user") or "",
        "PASSWORD": info.get("password") or "",
        "HOST": info.get("host") or "",
        "PORT": str(info.get("port") or ""),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": options,
        "TEST": {"NAME": f"test_{info.get('dbname') or 'ydin'}"},
    }
