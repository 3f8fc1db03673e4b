"""A scanner, wapiti, against a running site: as nobody, and as a coordinator. Nothing above informational.

`make test` installs it into `.venv/scan`. Where it is missing the test says so; YDIN_REQUIRE_SCAN=1 makes that a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.permissions.world import build_world
from tests.servers import LiveSite

WAPITI = Path(__file__).parents[2] / ".venv" / "scan" / "bin" / "wapiti"
MODULES = "csp,http_headers,crlf,exec,file,redirect,sql,upload,xss,permanentxss,htaccess,shellshock"
"""Those that need no other machine. Cookies' flags: test_headers (a scanned site here has no TLS)."""
CRAWL_SECONDS, ATTACK_SECONDS = 12, 3
LEFT_OUT = ("/outbox/", "/demo/", "/ui/", "/accounts/logout/", "/language/")


def scan(site: LiveSite, folder: Path, cookie: str) -> dict[str, Any]:
    """Run the scanner for a bounded time; return its report."""
    report = folder / "report.json"
    command = [
        str(WAPITI), "--url", f"{site.url}/", "--flush-session", "--store-session", str(folder / "session"),
        "--store-config", str(folder / "config"), "--scope", "folder", "--depth", "3", "--max-links-per-page", "15",
        "--max-files-per-dir", "6", "--max-parameters", "6", "--max-scan-time", str(CRAWL_SECONDS),
        "--max-attack-time", str(ATTACK_SECONDS), "--tasks", "4", "--module", MODULES, "--no-bugreport",
        "--format", "json", "--output", str(report), "--verbose", "0",
        *(part for path in LEFT_OUT for part in ("--exclude", f"{site.url}{path}*")),
        *(["--cookie-value", cookie] if cookie else []),
    ]  # fmt: skip
    around = {**os.environ, "HOME": str(folder), "no_proxy": "*"}
    for _try in range(2):  # on a busy machine the scanner sometimes ends without a report
        done = subprocess.run(
            command, env=around, cwd=folder, capture_output=True, text=True, check=False, timeout=180
        )
        if report.exists():
            break
    assert report.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    return dict(json.loads(report.read_text()))


@pytest.mark.slow
def test_a_scanner_finds_nothing(live_site: Callable[..., LiveSite], tmp_path: Path) -> None:
    if not WAPITI.exists():
        if os.environ.get("YDIN_REQUIRE_SCAN"):
            pytest.fail("the scanner is not installed (make test installs it)")
        pytest.skip("the scanner is not installed (make test installs it)")
    site = live_site(workers=1, jobs=False)
    with site.database():
        world = build_world()
        client = Client()
        client.force_login(world.ours.coordinator)
        cookie = f"sessionid={client.cookies['sessionid'].value}"
    faults, pages = [], []
    for who, sent in (("nobody", ""), ("coordinator", cookie)):
        folder = tmp_path / who
        folder.mkdir()
        report = scan(site, folder, sent)
        pages.append(report["infos"]["crawled_pages_nbr"])
        for kind in ("vulnerabilities", "anomalies"):
            for name, found in report[kind].items():
                faults += [
                    f"{who}: {name}: {f['method']} {f['path']} {f['info'][:120]}"
                    for f in found
                    if f["level"] > 0
                ]
    assert not faults, "\n".join(faults)
    assert min(pages) > 15, f"pages reached as nobody and as coordinator: {pages}"
