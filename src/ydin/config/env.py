"""Every environment variable that Ydin reads, typed. A production start without a needed one fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from environs import Env
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
    trusted_proxies: int
    pool_size: int
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
        secret_key=env.str("YDIN_SECRET_KEY"),
        secret_key_fallbacks=env.list("YDIN_SECRET_KEY_FALLBACKS", []),
        database_url=env.str("DATABASE_URL"),
        database_role=env.str("YDIN_DB_ROLE", "web", validate=_one_of("YDIN_DB_ROLE", DATABASE_ROLES)),
        base_url=env.str("YDIN_BASE_URL").rstrip("/"),
        allowed_hosts=env.list("YDIN_ALLOWED_HOSTS", []),
        email_url=env.str("YDIN_EMAIL_URL") if name == "production" else env.str("YDIN_EMAIL_URL", ""),
        mail_from=env.str("YDIN_MAIL_FROM", "Ydin <noreply@localhost>"),
        trusted_proxies=env.int("YDIN_TRUSTED_PROXIES", 0),
        pool_size=env.int("YDIN_DB_POOL", 8),
    )


def _one_of(name: str, allowed: tuple[str, ...]) -> Any:
    def check(value: str) -> None:
        if value not in allowed:
            msg = f"{name} must be one of {', '.join(allowed)}"
            raise ValueError(msg)

    return check


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
