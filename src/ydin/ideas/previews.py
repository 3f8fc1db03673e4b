"""Letters of the slice with sample data."""

from __future__ import annotations

from typing import Any

from ydin.ui.samples import ENDS, SITE, STARTS, ZONE, Preview, Sample, said


def _answered() -> dict[str, Any]:
    text = said(
        "Miten laskutan, kun työ jää kesken?",
        "Hur fakturerar jag när arbetet avbryts?",
        "How do I send an invoice when the work breaks off?",
    )
    answer = said(
        "Sovi etukäteen kolmesta maksuerästä. Ensimmäinen laskutetaan ennen kuin työ alkaa.",
        "Kom på förhand överens om tre betalningsposter. Den första faktureras innan arbetet börjar.",
        "Agree on three instalments beforehand. The first is invoiced before the work begins.",
    )
    idea = Sample(
        name=text,
        text=text,
        language=said("fi", "sv", "en"),
        answer=answer,
        answer_language=said("fi", "sv", "en"),
        answer_link="https://yrittajat.example/maksuerat",
    )
    return {
        "idea": idea,
        "company": "Hilla & Riite",
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "by": "Laura Kivelä, Rajamaan kauppakorkeakoulu",
        "url": f"{SITE}/ideas/by/1-1-2501.sample/",
    }


def _talk(state: str = "asked", words: str = "") -> dict[str, Any]:
    title = said("Hinta, josta ei tarvitse pyytää anteeksi", "Ett pris att stå för", "A price to stand by")
    note = said(
        "Toivoisimme esimerkkejä pienistä yrityksistä. Korvaamme matkan.",
        "Vi hoppas på exempel från små företag. Vi ersätter resan.",
        "We hope for examples of small companies. We pay the journey.",
    )
    meeting = Sample(
        name=title, starts_at=STARTS, ends_at=ENDS, time_zone=ZONE, municipality="Ylivieska", theme=title
    )
    return {
        "ask": Sample(name=title, state=state, note=note, words=words),
        "talk": Sample(name=title, title=title),
        "meeting": meeting,
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "host": "Puupaja Honka",
        "by": "Eero Lehtimäki",
        "speaker": "Laura Kivelä",
        "url": f"{SITE}/talks/by/1-1-2501.sample/",
    }


def _yes() -> dict[str, Any]:
    return _talk(
        "yes",
        said(
            "Tarvitsen vain valkoisen seinän.", "Jag behöver bara en vit vägg.", "I only need a white wall."
        ),
    )


def _other() -> dict[str, Any]:
    return _talk(
        "other_time",
        said(
            "Maaliskuussa kävisi mikä tahansa tiistai.",
            "I mars passar vilken tisdag som helst.",
            "Any Tuesday in March would do.",
        ),
    )


PREVIEWS = [
    Preview("ideas/email/answered", _answered, optional=True),
    Preview("ideas/email/talk_asked", _talk),
    Preview("ideas/email/talk_answered", _yes),
    Preview("ideas/email/talk_answered", _other, variant="another-time"),
    Preview("ideas/email/talk_called_off", _talk),
]
