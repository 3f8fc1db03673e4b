"""People who are no members: what they come as, and the commitment that they sign before they see anything."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ydin.networks.rules import NetworkRole, OrganisationKind

OUTSIDER_ROLES: Final = (
    NetworkRole.EXPERT,
    NetworkRole.RESEARCHER,
    NetworkRole.STUDENT,
    NetworkRole.INSTITUTE,
)
"""They open nothing by themselves: only what a part gives to them, and only once they have signed."""
NEEDS_INSTITUTE: Final = (NetworkRole.STUDENT, NetworkRole.INSTITUTE)
"""Roles that are held for an institute or a university."""
TEACHING: Final = (OrganisationKind.INSTITUTE, OrganisationKind.UNIVERSITY)


class SignedHow(StrEnum):
    """How somebody signed the commitment."""

    SITE = "site"
    LINK = "link"
    PAPER = "paper"


class OutsiderState(StrEnum):
    """How far somebody from outside is."""

    SIGNED = "signed"
    ASKED = "asked"
    AGAIN = "again"


def outsider_state(signed: set[int], number: int) -> OutsiderState:
    """Return the state of somebody who signed these versions, where `number` is in force."""
    if number in signed:
        return OutsiderState.SIGNED
    return OutsiderState.AGAIN if signed else OutsiderState.ASKED


DEFAULT_COMMITMENT: Final[dict[str, str]] = {
    "fi": (
        "Teen työtä verkoston yritysten kanssa, mutta en ole jäsen. Siksi lupaan tämän:\n\n"
        "Mitä yritys minulle kertoo tai näyttää, se jää minulle. En kerro ulkopuolisille, kuka sanoi mitä, "
        "enkä yrityksen lukuja, ideoita tai asiakkaita.\n\n"
        "Käytän kuulemaani vain siihen työhön, johon minua pyydettiin. Jos haluan kirjoittaa, opettaa tai "
        "tutkia niin, että yrityksen voi tunnistaa, kysyn ensin siltä.\n\n"
        "Yrityksen ideat ja aineistot ovat yrityksen omia. Tulosten oikeuksista sovimme kirjallisesti ennen "
        "kuin aloitamme, jos niillä on väliä.\n\n"
        "En myy omiani, ellei minulta pyydetä. Jos teen työtä kilpailijalle, sanon sen heti.\n\n"
        "Säilytän aineistot niin, etteivät muut pääse niihin, ja poistan ne, kun työ on tehty.\n\n"
        "Jos jotain on lipsahtanut, kerron siitä heti yritykselle ja koordinaattorille. Lupaus sitoo myös sen "
        "jälkeen, kun työni verkostossa on päättynyt."
    ),
    "sv": (
        "Jag arbetar med nätverkets företag men är inte medlem. Därför lovar jag detta:\n\n"
        "Det som ett företag berättar eller visar för mig stannar hos mig. Jag berättar inte för utomstående "
        "vem som sagt vad, och inte om företagets siffror, idéer eller kunder.\n\n"
        "Jag använder det jag hört bara till det arbete som jag ombetts göra. Om jag vill skriva, undervisa "
        "eller forska så att ett företag kan kännas igen frågar jag företaget först.\n\n"
        "Företagets idéer och material är företagets egna. Om rättigheterna till resultaten har betydelse "
        "kommer vi överens skriftligt innan vi börjar.\n\n"
        "Jag säljer inget eget om ingen ber om det. Om jag arbetar för en konkurrent säger jag det genast.\n\n"
        "Jag förvarar material så att andra inte kommer åt det och raderar det när arbetet är gjort.\n\n"
        "Om något har sluppit ut säger jag det genast till företaget och koordinatorn. Löftet gäller också "
        "efter att mitt arbete i nätverket har slutat."
    ),
    "en": (
        "I work with the network's companies without being a member. So I promise this:\n\n"
        "What a company tells or shows me stays with me. I tell nobody outside who said what, nor a company's "
        "figures, ideas or customers.\n\n"
        "I use what I hear only for the work that I was asked to do. If I want to write, teach or research so "
        "that a company could be recognised, I ask it first.\n\n"
        "A company's ideas and material are its own. Where rights to the results matter, we agree on them in "
        "writing before we begin.\n\n"
        "I sell nothing of my own unless I am asked. If I work for a competitor, I say so at once.\n\n"
        "I keep material where others cannot reach it, and delete it when the work is done.\n\n"
        "If something has slipped out, I tell the company and the coordinator at once. The promise holds after "
        "my work in the network has ended, too."
    ),
}
"""What every network begins with (version 0), paragraphs divided by an empty line. A network writes its own."""


def default_commitment(*languages: str) -> tuple[str, str]:
    """Return (language, text) of what every network begins with, in the first language that has it."""
    language = next((one for one in languages if one in DEFAULT_COMMITMENT), "en")
    return language, DEFAULT_COMMITMENT[language]
