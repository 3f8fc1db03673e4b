"""docs/permissions.md as it stands: who gets something where."""

from __future__ import annotations

from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"


def in_table(text: str) -> dict[str, dict[str, bool]]:
    """Return, from the text of docs/permissions.md, for each route who gets something by GET."""
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in text.splitlines()
        if line[:1] == "|"
    ]
    roles = rows[0][1:]
    return {
        row[0].strip("`").removeprefix("/"): {
            role: cell.split(" / ")[0] == "yes" for role, cell in zip(roles, row[1:], strict=True)
        }
        for row in rows[2:]
    }


def lines_of(text: str) -> dict[str, str]:
    """Return the line of each route, in the order of the table."""
    lines = [line for line in text.splitlines() if line.startswith("| `/")]
    return {line.split("`")[1].removeprefix("/"): line for line in lines}


def write(text: str, routes: list[str]) -> None:
    """Put the lines of `text` into the table; lines of addresses that are no more go."""
    lines = {**lines_of(TABLE.read_text()), **lines_of(text)}
    head = text[: text.index("| `/")]
    TABLE.write_text(head + "".join(f"{lines[route]}\n" for route in routes if route in lines))
