"""Files named on the command line."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from ydin.kernel.errors import Refused
from ydin.networks.rules.tables import MOST_BYTES


def read_file(path: Path) -> bytes:
    """Return the file's bytes, at most one more than may be brought in.

    Raises:
        Refused: it cannot be read.

    """
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(
            _("The file %(name)s cannot be read: %(why)s") % {"name": path.name, "why": error.strerror}
        ) from error
