"""The look-up of known vulnerabilities, with reports as pip-audit writes them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CLEAN = {"dependencies": [{"name": "django", "version": "5.2.19", "vulns": []}]}
OPEN = {
    "dependencies": [
        {
            "name": "django",
            "version": "5.2.0",
            "vulns": [{"id": "PYSEC-2025-1", "aliases": ["CVE-2025-1"], "fix_versions": ["5.2.1"]}],
        }
    ]
}
UNKNOWN = {"dependencies": [{"name": "django", "skip_reason": "Dependency not found on PyPI"}]}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ydin_audit_tool", ROOT / "requirements" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("reports", "required", "status", "said"),
    [
        ([CLEAN], "", 0, "No known vulnerability in 1"),
        ([OPEN], "", 1, "PYSEC-2025-1, mended in 5.2.1"),
        ([UNKNOWN, OPEN], "", 1, "PYSEC-2025-1"),
        ([None, CLEAN], "1", 0, "(osv)"),
        ([None, None], "", 0, "NOT CHECKED"),
        ([UNKNOWN, None], "1", 3, "NOT CHECKED"),
    ],
)
def test_what_comes_of_a_report(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    reports: list[Any], required: str, status: int, said: str,
) -> None:  # fmt: skip
    answers = iter(reports)
    monkeypatch.setattr(audit, "look_up", lambda _service: next(answers))
    monkeypatch.setenv("YDIN_REQUIRE_AUDIT", required)
    assert audit.main() == status
    out = capsys.readouterr()
    assert said in out.out + out.err


def test_an_accepted_advisory_counts_by_any_of_its_numbers(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "ACCEPTED", {"CVE-2025-1": "concerns GIS, which we do not use; until 2027-01"})
    assert audit.found_in(OPEN) == ([], 1, 0)


def test_it_is_part_of_make_check() -> None:
    makefile = (ROOT / "Makefile").read_text()
    checks = makefile.split("\nCHECKS :=")[1].split("\n")[0].split()
    assert "$(CHECKS)" in makefile.split("\ncheck:")[1].split("\n\n")[0]
    assert "advisories" in checks
    assert "requirements/audit.py" in makefile.split("\nadvisories:")[1].split("\n\n")[0]
