"""The register, third part: experiments, partnerships and stories."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from ydin.privacy.queries.registry import Expiry, Table, blank
from ydin.privacy.rules import Basis, Fate

TRYING: Final = _("Trying small experiments and learning from them")
PARTNERS: Final = _("Finding partners and customers")
DEMOS: Final = _("Demos that students make, and what companies may try at institutes")
SIDES: Final = _("Your company, the institute and the student team; others if you said so")
TELLING: Final = _("Telling of what was learnt")
WITH_COMPANY: Final = _("As long as the company is in the network")
STEERING: Final = _("Saying what should be looked into, and speaking about it")
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
        "institutes.facility", _("What your institute opens to companies"), DEMOS, Basis.PUBLIC_TASK,
        _("As long as the network"), _("The network's companies"), beside=("author",),
        texts=("title", "what", "to_try", "place", "how_to_ask", "price"), network="network_id",
    ),
    Table(
        "institutes.assignment", _("What your students can make"), DEMOS, Basis.PUBLIC_TASK,
        _("As long as the network"), _("The network's companies"), beside=("author",),
        texts=("title", "can", "course"), network="network_id",
    ),
    Table(
        "institutes.interest", _("What your company would like to try"), DEMOS, Basis.AGREEMENT,
        _("Two years after the answer"), _("Your company and the institute"), whose=("asker",),
        beside=("answered_by", _COMPANY), texts=("wish", "contact", "answer"), fate=Fate.EMPTIED,
        emptied=blank("contact"), network="network_id", expiry=Expiry(730, "answered_at"),
    ),
    Table(
        "institutes.demo", _("Demos that you asked for"), DEMOS, Basis.AGREEMENT, WITH_COMPANY, SIDES,
        whose=("asker",), beside=("delivered_by", "assessed_by", _COMPANY),
        texts=("wanted", "done", "material", "contact", "answer", "told", "learned"), fate=Fate.EMPTIED,
        emptied=blank("contact"), group="group_id", network="network_id",
    ),
    Table(
        "institutes.teammember", _("Demos that you made as a student"), DEMOS, Basis.AGREEMENT, WITH_COMPANY, SIDES,
        whose=("person",), fate=Fate.DELETED, network="network_id",
    ),
    Table(
        "institutes.recruitment", _("Whom your company took on after a demo"), DEMOS, Basis.AGREEMENT, WITH_COMPANY,
        _("Your company and the institute; the network a number"), beside=("recorded_by", _COMPANY),
        network="network_id",
    ),
    Table(
        "institutes.recruitname", _("Whether your name stands beside it"), DEMOS, Basis.CONSENT, WITH_COMPANY,
        _("Your company; the institute if you said yes"), whose=("person",), fate=Fate.DELETED, network="network_id",
    ),
    Table(
        "ideas.idea", _("Ideas of your company, and those that you answered"), STEERING, Basis.AGREEMENT,
        WITH_COMPANY, CHOSEN, beside=("author", _COMPANY, "taken_by", "answered_by"),
        texts=("text", "why", "answer", "reason"), copies=("theme_before",), group="group_id", network="network_id",
    ),
    Table(
        "ideas.support", _("Ideas that your company supports"), STEERING, Basis.AGREEMENT, WITH_COMPANY, CHOSEN,
        beside=("person", _COMPANY), group="idea__group_id", network="idea__network_id",
    ),
    Table(
        "ideas.talk", _("Talks that you offer"), STEERING, Basis.AGREEMENT, _("As long as you offer them"),
        _("The network"), whose=("speaker",), fate=Fate.DELETED, texts=("title", "gives"), network="network_id",
    ),
    Table(
        "ideas.talkask", _("Evenings for which you were asked to speak"), STEERING, Basis.AGREEMENT,
        _("As long as the group"), _("The host, the group's coordinators and the speaker"), whose=("speaker",),
        beside=("asked_by",), texts=("note", "words"), group="group_id", network="talk__network_id",
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
