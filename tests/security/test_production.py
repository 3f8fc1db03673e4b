"""A start for real: complete, nothing unsafe by default, secrets from files, the framework's own checks clean."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ydin.config.env import read_environment

ROOT = Path(__file__).parents[2]
KEY = "only-an-example-that-is-long-enough-0123456789-abcdefghijklmnopqrstuvwxyz"
SURROUNDINGS = {
    "YDIN_ENV": "production",
    "YDIN_SECRET_KEY": KEY,
    "YDIN_BASE_URL": "https://ydin.example",
    "YDIN_ALLOWED_HOSTS": "ydin.example",
    "YDIN_EMAIL_URL": "smtp://user:word@localhost:25",
    "YDIN_TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgresql:///ydin",
    "YDIN_DB_ROLE": "web",
}
SECRETS = ("YDIN_SECRET_KEY", "DATABASE_URL", "YDIN_EMAIL_URL", "YDIN_SECRET_KEY_FALLBACKS")


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YDIN_", "DATABASE_", "DJANGO_"))}
    around = {**kept, **SURROUNDINGS, "PYTHONPATH": str(ROOT / "src"), **more}
    around = {name: value for name, value in around.items() if value}
    command = [sys.executable, "-m", "ydin.cli", *arguments]
    return subprocess.run(command, env=around, capture_output=True, text=True, check=False, timeout=120)


def test_the_frameworks_checks_for_a_deployment_are_clean() -> None:
    done = run("manage", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


PRINT = """
import json
from ydin.config import settings as s
print(json.dumps({k: getattr(s, k) for k in dir(s) if k.isupper() and isinstance(getattr(s, k), str | int | bool | list)}, default=str))
"""


def test_what_a_start_for_real_sets() -> None:
    around = {**os.environ, **SURROUNDINGS, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", PRINT], env=around, capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    assert found["DEBUG"] is False
    assert (
        found["SESSION_COOKIE_NAME"] == "__Host-sessionid" and found["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    )
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000 and found["SECURE_SSL_REDIRECT"] is True
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"] and found["SESSION_COOKIE_HTTPONLY"]
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert not {"ydin.demo", "django.contrib.admin"} & set(found["INSTALLED_APPS"])
    assert found["SHOWS_OUTBOX"] is False and found["SHOWS_CATALOGUE"] is False
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_secrets_come_from_files(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in SECRETS:
        file = tmp_path / name
        file.write_text(
            f"from the file of {name}\n".replace(" ", "-") if name != SECRETS[3] else "old-one\nolder-one\n"
        )
        production.delenv(name, raising=False)
        production.setenv(f"{name}_FILE", str(file))
    found = read_environment()
    assert found.secret_key == "from-the-file-of-YDIN_SECRET_KEY"
    assert found.email_url == "from-the-file-of-YDIN_EMAIL_URL"
    assert found.database_url == "from-the-file-of-DATABASE_URL"
    assert found.secret_key_fallbacks == ["old-one", "older-one"]


@pytest.mark.parametrize("name", SECRETS[:3])
def test_a_secret_that_is_missing_unreadable_or_given_twice_is_named(
    production: pytest.MonkeyPatch, name: str, tmp_path: Path
) -> None:
    production.setenv(f"{name}_FILE", str(tmp_path / "not-there"))
    with pytest.raises(ValueError, match=f"set {name} or {name}_FILE, not both"):
        read_environment()
    production.delenv(name)
    with pytest.raises(ValueError, match=f"{name}_FILE cannot be read"):
        read_environment()
    production.delenv(f"{name}_FILE")
    with pytest.raises(ValueError, match=name):
        read_environment()


def test_no_secret_stands_in_the_sources() -> None:
    faults = []
    shape = re.compile(
        r"(?i)(secret|password|passwd|token|api_?key)\w*\s*[:=]\s*[\"'][A-Za-z0-9/+_=-]{20,}[\"']"
    )
    for path in (ROOT / "src").rglob("*.py"):
        faults += [f"{path.name}: {m[0][:40]}" for m in shape.finditer(path.read_text())]
    allowed = [f for f in faults if "an-example-that-is-long-enough" in f or "LETTERS" in f]
    assert sorted(set(faults) - set(allowed)) == []
