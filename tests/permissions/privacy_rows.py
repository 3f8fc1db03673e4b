"""One of each row of data rights, of the member of whom the walk knows."""

from __future__ import annotations

from datetime import timedelta

from tests.factories import GroupWorld

from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Memo
from ydin.privacy.emails import UNDO, consent_token
from ydin.privacy.models import Consent, Correction, Erasure, Export, Passage
from ydin.privacy.rules import ErasureState, ExportState, passages, seal


def build_privacy(ours: GroupWorld) -> None:
    """Build them."""
    member = ours.members[1]
    own = {"person": member, "network": ours.network}
    Consent.objects.create(**own, kind="data", text_version=1, language="en")
    Correction.objects.create(**own, message="wrong")
    Export.objects.create(
        person=member, state=ExportState.READY, content=b"PK", expires_at=now() + timedelta(days=1)
    )
    erasure = Erasure.objects.create(person=ours.members[3], due_at=now(), state=ErasureState.DONE)
    memo = Memo.objects.get(group=ours.group)
    Passage.objects.create(
        erasure=erasure,
        network=ours.network,
        group=ours.group,
        table="meetings.memo",
        row=str(memo.pk),
        column="discussed",
        digest=seal(passages(memo.discussed)[0]),
    )


def privacy_keys() -> tuple[tuple[str, object], ...]:
    """Return the ids by the beginning of the address."""
    return (
        ("networks/<slug:slug>/consents/", Consent.objects.latest("pk").pk),
        ("me/consents/", Consent.objects.latest("pk").pk),
        ("me/data/exports/", Export.objects.latest("asked_at").pk),
        ("review/corrections/", Correction.objects.latest("pk").pk),
        ("review/", Passage.objects.latest("pk").pk),
    )


def privacy_tokens() -> tuple[tuple[str, str], ...]:
    """Return the beginnings of the addresses of links that take something back, with their tokens."""
    erasure, consent = Erasure.objects.latest("pk"), Consent.objects.latest("pk")
    return (
        ("me/erase/undo/", make_token(UNDO, erasure.pk, erasure.person_id)),
        ("me/consents/withdraw/", consent_token(consent)),
    )
