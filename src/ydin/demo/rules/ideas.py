"""What the sample companies wish for, who helps, and what is spoken about. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ydin.ideas.rules.states import Kind, Shown, Topic, Wish
from ydin.ideas.rules.talks import Offer


@dataclass(frozen=True)
class Said:
    """A sample idea: of which group and company (its place in the list), who else wants it, and how it went on.

    `takes` is the key of who took it up; `answer` what they answered; `parked` why the coordinator put it aside.
    """

    group: str
    company: int
    wish: Wish
    supports: tuple[int, ...] = ()
    audience: str = Shown.GROUP
    language: str = "fi"
    takes: str = ""
    answer: str = ""
    link: str = ""
    parked: str = ""
    planned: bool = False


@dataclass(frozen=True)
class Helper:
    """Somebody from outside: name, address, language, role."""

    name: str
    email: str
    language: str
    role: str


HELPERS = {
    "laura": Helper("Laura Kivelä", "laura.kivela@vientineuvonta.example", "fi", "expert"),
    "ritva": Helper("Ritva Hallaniemi", "ritva.hallaniemi@yliopisto.example", "fi", "researcher"),
    "johan": Helper("Johan Strandvall", "johan.strandvall@digikonsult.example", "sv", "expert"),
}

IDEAS = (
    Said(
        "ylivieska", 3,
        Wish(
            "Miten sanon ei huonolle tilaukselle niin, että asiakas pysyy?", Kind.THEME, Topic.SALES,
            "Teen joka kuukausi ainakin yhden keikan, josta jää vain väsymys.",
        ),
        supports=(0, 2, 4, 6, 9, 11),
    ),
    Said(
        "ylivieska", 5,
        Wish("Tekoäly tarjousten kirjoittamiseen: mitä oikeasti kannattaa kokeilla?", Kind.THEME, Topic.DIGITAL),
        supports=(1, 4, 7, 8),
    ),
    Said(
        "ylivieska", 8,
        Wish(
            "Mitä ensimmäisen työntekijän palkkaaminen maksaa kaikkineen?", Kind.QUESTION, Topic.PEOPLE,
            "Työtä olisi puolelle päivälle, mutta en uskalla.",
        ),
        supports=(3, 4, 10), audience=Shown.NETWORK, takes="ritva",
        answer=(
            "Laske näin: palkka kerrottuna 1,35:llä kattaa sivukulut ja lomat. Puolipäiväinen 1 500 euron palkalla "
            "maksaa siis noin 2 000 euroa kuussa.\n\nHaastattelimme yhdeksää yritystä, jotka palkkasivat "
            "ensimmäisen. Kahdeksan sanoi, että vaikeinta oli uskaltaa; rahasta oli pulaa kahdella. Aloita "
            "kuuden viikon työjaksolla ja sovi, mitä silloin katsotaan."
        ),
        link="https://yliopisto.example/ensimmainen-tyontekija",
    ),
    Said(
        "ylivieska", 10, Wish("Laserleikkuri kokeiltavaksi päiväksi", Kind.TOOL, Topic.PRODUCT), supports=(0, 6),
        audience=Shown.NETWORK,
    ),
    Said(
        "ylivieska", 1, Wish("Miten jaksan, kun kausi kestää viisi kuukautta?", Kind.THEME, Topic.WELLBEING),
        supports=(2, 3, 9),
    ),
    Said(
        "ylivieska", 7, Wish("Yhteinen varasto kylän laidalle", Kind.QUESTION, Topic.TOGETHER), supports=(5,),
        parked="Kaupunki päättää tonteista keväällä. Palataan silloin.",
    ),
    Said(
        "kokkola", 2, Wish("Hur säljer vi till Sverige utan egen butik där?", Kind.THEME, Topic.EXPORT),
        supports=(0, 4, 5, 7), audience=Shown.NETWORK, language="sv", takes="laura",
    ),
    Said(
        "kokkola", 6,
        Wish("Vad får jag skriva om miljön på förpackningen?", Kind.QUESTION, Topic.GREEN, "Kunderna frågar."),
        supports=(1, 3), audience=Shown.NETWORK, language="sv", takes="johan",
        answer=(
            'Skriv bara det du kan visa: hur mycket, jämfört med vad, och från vilket år. "Miljövänlig" ensamt '
            "räcker inte längre. På länken finns tre exempel som håller."
        ),
        link="https://digikonsult.example/miljopastaenden",
    ),
    Said("kokkola", 9, Wish("En kväll om att fotografera sina produkter", Kind.THEME, Topic.MARKETING), supports=(2,),
         language="sv"),
    Said(
        "rovaniemi", 4, Wish("How do we describe our trips to guests from Korea?", Kind.QUESTION, Topic.EXPORT),
        supports=(1, 2, 6), audience=Shown.NETWORK, language="en",
    ),
    Said(
        "rovaniemi", 0, Wish("A drone with a heat camera, to try for an afternoon", Kind.TOOL, Topic.PRODUCT),
        supports=(3,), audience=Shown.NETWORK, language="en",
    ),
    Said("rovaniemi", 7, Wish("Hinta sesongin ulkopuolella", Kind.THEME, Topic.PRICE), supports=(1, 5, 8, 2)),
    Said(
        "kuopio", 3, Wish("Millainen sopimus riittää pieneen urakkaan?", Kind.QUESTION, Topic.LAW),
        supports=(0, 5, 6, 8), audience=Shown.NETWORK,
    ),
    Said("kuopio", 1, Wish("Hinnan nostaminen vanhoille asiakkaille", Kind.THEME, Topic.PRICE), supports=(2, 4, 7)),
    Said("iisalmi", 2, Wish("Mitä kassavirta kertoo, kun tilillä on rahaa?", Kind.THEME, Topic.MONEY),
         supports=(0, 1, 3, 5), planned=True),
    Said("muhos", 5, Wish("Verkkokauppa kahdessa viikossa: mitä jätän pois?", Kind.THEME, Topic.DIGITAL),
         supports=(0, 2, 8)),
)  # fmt: skip

TALKS = (
    (
        "ritva",
        Offer(
            "Hinta, josta ei tarvitse pyytää anteeksi",
            "Jokainen laskee oman tuntihintansa lapulle ja sanoo sen ääneen. Mukaan jää laskupohja.",
            Topic.PRICE, ["fi", "en"], online=True, minutes=150, months=[1, 2, 3, 4, 9, 10, 11, 12], most=6,
        ),
    ),
    (
        "laura",
        Offer(
            "Ensimmäinen asiakas Ruotsista",
            "Kolme tapaa aloittaa ilman omaa myyjää: mitä ne maksavat ja mitä niissä menee pieleen.",
            Topic.EXPORT, ["fi", "sv"], online=True, most=4,
        ),
    ),
    (
        "johan",
        Offer(
            "AI i en liten firma: tre saker att göra på måndag",
            "Vi skriver en offert, ett svar på en reklamation och en produkttext tillsammans.",
            Topic.DIGITAL, ["sv", "fi"], minutes=120, most=5,
        ),
    ),
)  # fmt: skip
DRAFT = (
    "laura",
    Offer("Messuilla yhdessä", "Mitä yhteinen osasto vaatii ja mitä se tuo.", Topic.EXPORT, ["fi"], most=2),
)
"""A talk that is not offered yet."""
NOTE = "Toivoisimme esimerkkejä pienistä yrityksistä. Puoli tuntia riittää, ja maksamme matkan."
ANSWER = "Tulen mielelläni. Tarvitsen vain valkoisen seinän."
