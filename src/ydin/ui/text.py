"""Small facts about names."""

import re
import zlib

_NOISE = {"oy", "ab", "tmi", "ky", "ay", "oyj", "osk", "t:mi", "ltd", "the"}


def initials_of(name: str) -> str:
    """Return one or two letters that stand for a company or a person: "Hilla & Riite Oy" gives "HR"."""
    words = [word for word in re.split(r"[\s\-–/&+.,]+", name) if word[:1].isalnum()]
    telling = [word for word in words if word.casefold() not in _NOISE] or words
    if not telling:
        return "?"
    if len(telling) == 1:
        return telling[0][:2].upper()
    return (telling[0][0] + telling[1][0]).upper()


def tone_of(name: str) -> int:
    """A number 0–3 that stays the same for the same name: the colour of its avatar."""
    return zlib.crc32(name.encode()) % 4
