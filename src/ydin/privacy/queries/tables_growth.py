"""The register, third part: experiments, partnerships and stories."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from ydin.privacy.queries.registry import Table
from ydin.privacy.rules import Basis

TRYING: Final = _("Trying small experiments and learning from them")
PARTNERS: Final = _("Finding partners and customers")
TELLING: Final = _("Telling of what was learnt")
WITH_COMPANY: Final = _("As long as the company is in the network")
CHOSEN: Final = _("Whom its author chose")
BOTH: Final = _("The two companies")
EVERYBODY: Final = _("Everybody")
_COMPANY: Final = "enterprise__representatives__person"
_NEED: Final = "need_company__representatives__person"
_OFFER: Final = "offer_company__representatives__person"

GROWTH: Final = [
    Table(
        "experiments.experiment", _("Experiments of your company"), TRYING, Basis.AGREEMENT, WITH_COMPANY, CHOSEN,
        beside=("author", _COMPANY),
        texts=(
            "what", "assumption", "measure", "helper_words", "money_words", "halfway", "happened", "learned",
            "reason",
        ),
        group="group_id", network="network_id",
    ),
    Table(
        "experiments.companion", _("Experiments that your company goes along with"), TRYING, Basis.AGREEMENT,
        WITH_COMPANY, CHOSEN, beside=("person", _COMPANY), group="experiment__group_id",
        network="experiment__network_id",
    ),
    Table(
        "experiments.publictext", _("What you told everybody about experiments"), TELLING, Basis.CONSENT,
        WITH_COMPANY, EVERYBODY, beside=("published_by",), texts=("title", "text", "signed"),
        group="experiment__group_id", network="network_id",
    ),
    Table(
        "partnerships.listing", _("What your company offers and looks for"), PARTNERS, Basis.AGREEMENT, WITH_COMPANY,
        CHOSEN, beside=("author", _COMPANY), texts=("text",), secrets=("terms",), group="group_id",
        network="network_id",
    ),
    Table(
        "partnerships.suggestion", _("Partners suggested to your company"), PARTNERS, Basis.AGREEMENT, WITH_COMPANY,
        BOTH, beside=(_NEED, _OFFER), secrets=("score", "terms"), network="network_id",
    ),
    Table(
        "partnerships.notrelevant", _("What your company called not relevant"), PARTNERS, Basis.AGREEMENT,
        WITH_COMPANY, _("Your company's people alone"), beside=(_COMPANY,), network="network_id",
    ),
    Table(
        "partnerships.introduction", _("Introductions"), PARTNERS, Basis.CONSENT, WITH_COMPANY, BOTH,
        whose=("asker",), beside=(_NEED, _OFFER), texts=("reason",), network="need_company__network_id",
    ),
    Table(
        "partnerships.consentask", _("Your answers to introductions"), PARTNERS, Basis.CONSENT, WITH_COMPANY,
        _("You alone"), whose=("person",), network="enterprise__network_id",
    ),
    Table(
        "partnerships.collaboration", _("Deals and joint work of your company"), PARTNERS, Basis.AGREEMENT,
        WITH_COMPANY, BOTH, beside=("one__representatives__person", "other__representatives__person"),
        texts=("told",), group="group_id", network="network_id",
    ),
    Table(
        "partnerships.collaborationvalue", _("What joint work was worth"), PARTNERS, Basis.AGREEMENT, WITH_COMPANY,
        BOTH, beside=("one__representatives__person", "other__representatives__person"),
        network="collaboration__network_id",
    ),
    Table(
        "stories.story", _("Stories that you edited"), TELLING, Basis.CONSENT, _("As long as the network"), EVERYBODY,
        beside=("editor",), texts=("titles", "texts"), group="experiment__group_id", network="network_id",
    ),
    Table(
        "stories.consent", _("Whether your company agreed to a story"), TELLING, Basis.CONSENT,
        _("As proof, by number"), BOTH, whose=("answered_by",), beside=(_COMPANY,), network="network_id",
    ),
]  # fmt: skip
