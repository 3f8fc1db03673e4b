"""Look up known vulnerabilities of everything that is locked (pip-audit). Part of `make check`.

A vulnerability fails. Where the advisory service cannot be reached, that is said, loudly, and does not fail:
a person must be able to check on a train. YDIN_REQUIRE_AUDIT=1 makes it fail as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = ("base.txt", "dev.txt")
ACCEPTED: Mapping[str, str] = {}
"""Advisories that do not concern us: number → why, and until when."""
FAILED, NOT_REACHED = 1, 3


def found_in(report: Mapping[str, Any]) -> tuple[list[str], int, int]:
    """Return what is vulnerable, in words, and how many packages were looked up and how many could not be."""
    faults, looked_up, unknown = [], 0, 0
    for package in report.get("dependencies", []):
        if "skip_reason" in package:
            unknown += 1
            continue
        looked_up += 1
        for advisory in package.get("vulns", []):
            numbers = {advisory["id"], *advisory.get("aliases", [])}
            if not numbers & set(ACCEPTED):
                better = ", ".join(advisory.get("fix_versions", [])) or "no version yet"
                faults.append(f"{package['name']} {package['version']}: {advisory['id']}, mended in {better}")
    return faults, looked_up, unknown


def look_up(service: str) -> Mapping[str, Any] | None:
    """Return pip-audit's report, None when the service gave none."""
    command = [
        sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off",
        "--vulnerability-service", service, "--format", "json", "--timeout", "15",
        *(part for name in FILES for part in ("--requirement", str(HERE / name))),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    try:
        report: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        return None
    return report


def main() -> int:
    """Ask one service, then the other; return the exit status."""
    for service in ("pypi", "osv"):
        report = look_up(service)
        faults, looked_up, unknown = found_in(report or {})
        if faults:
            print("Known vulnerabilities:", *faults, sep="\n  ")
            return FAILED
        if looked_up:
            left = f", {unknown} unknown to it" if unknown else ""
            print(f"No known vulnerability in {looked_up} packages ({service}{left}).")
            return 0
    print("NOT CHECKED for known vulnerabilities: no advisory service could be reached.", file=sys.stderr)
    return NOT_REACHED if os.environ.get("YDIN_REQUIRE_AUDIT") else 0


if __name__ == "__main__":
    sys.exit(main())
