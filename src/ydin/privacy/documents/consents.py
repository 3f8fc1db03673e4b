"""What one agrees to, and what taking it back does, in the words of version 1."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from ydin.privacy.models import CONSENT_LABELS
from ydin.privacy.rules import TEXT_VERSION, ConsentKind

KIND_CHOICES = [(kind.value, label) for kind, label in CONSENT_LABELS.items()]
VERSION_CHOICES = [(n, str(n)) for n in range(TEXT_VERSION, 0, -1)]
"""(value, label in the reader's language) for forms."""

TEXTS: Final = {
    ConsentKind.PARTICIPATION: _(
        "I take part in the university's research on the network. It is voluntary. I have been told what it is "
        "about, I may stop at any time, and nothing follows from that for my place in the group."
    ),
    ConsentKind.DATA: _(
        "The university may use what the site keeps about my taking part (evenings, hosting, not memos) for "
        "research. It is published so that nobody recognises me or my company."
    ),
    ConsentKind.CONTACT: _(
        "The network may write to me about later events, also when I am no longer in a group."
    ),
}
"""A changed text needs the next number in `rules.TEXT_VERSION`."""
EFFECTS: Final = {
    ConsentKind.PARTICIPATION: ("asked_no_more", _("You are not asked to take part any more.")),
    ConsentKind.DATA: (
        "not_used_from_now",
        _("Your data is not used for research from now on. What was published before stays."),
    ),
    ConsentKind.CONTACT: ("no_letters", _("No more letters about later events.")),
}
"""By kind: code and words of what a withdrawal does."""
