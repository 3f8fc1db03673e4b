"""The longest first, so that no worker is left with an hour's work when the others have gone home.

Seconds of one core, measured; what is not named takes less than fifteen. A figure that has grown old costs time, not truth.
"""

from __future__ import annotations

import pytest

LONG = {
    "tests/e2e/test_accessible.py": 140,
    "tests/security/test_scan.py": 90,
    "tests/e2e/test_demo_command.py": 70,
    "tests/security/test_fuzz.py": 66,
    "tests/ui/test_catalogue.py": 50,
    "tests/e2e/test_answers.py": 45,
    "tests/e2e/test_pages.py": 45,
    "tests/meetings/test_race.py": 37,
    "tests/e2e/test_evening.py": 36,
    "tests/e2e/test_partners.py": 35,
    "tests/e2e/test_front.py": 34,
    "tests/permissions/test_walk.py": 30,
    "tests/trust/test_two_barriers.py": 29,
    "tests/e2e/test_season.py": 29,
    "tests/e2e/test_calendar.py": 27,
    "tests/outbox/test_inbound.py": 25,
    "tests/interop/test_story.py": 25,
    "tests/demo/test_build.py": 22,
    "tests/kernel/test_database.py": 21,
    "tests/trust/test_nothing_tells.py": 21,
    "tests/e2e/test_data_rights.py": 18,
    "tests/e2e/test_growth.py": 17,
    "tests/e2e/test_keyboard.py": 16,
    "tests/ui/test_letters.py": 16,
}


def longest_first(items: list[pytest.Item]) -> None:
    """Sort in place by file; within a file, and among the short ones, nothing changes."""
    items.sort(key=lambda item: -LONG.get(item.nodeid.partition("::")[0], 0))
