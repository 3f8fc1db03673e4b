"""Two invented institutes: who works and studies there, what one can try, what students make, what came of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

OPISTO, INSTITUTET = "Jokilatvan ammattiopisto", "Kvarkens yrkesinstitut"
DOMAINS = {OPISTO: "jokilatva.example", INSTITUTET: "kvarkens.example"}


@dataclass(frozen=True)
class Outsider:
    """Somebody of an institute. `signed`: how, or nothing while the letter waits."""

    name: str
    institute: str
    role: str = "student"
    language: str = "fi"
    signed: str = "link"

    @property
    def email(self) -> str:
        """Return the invented address."""
        first, _blank, last = self.name.lower().partition(" ")
        plain = f"{first}.{last}".translate(str.maketrans("äöå", "aoa"))
        return f"{plain}@{DOMAINS[self.institute]}"


TEACHER = Outsider("Tuulikki Jokela", OPISTO, role="institute", signed="site")
TEACHERS = (TEACHER, Outsider("Christer Nygård", INSTITUTET, role="institute", language="sv", signed="paper"))
STUDENTS = (
    Outsider("Oona Perälä", OPISTO),
    Outsider("Eetu Kiviniemi", OPISTO),
    Outsider("Mai Nguyen", OPISTO),
    Outsider("Joonas Tervo", OPISTO, signed=""),
    Outsider("Ida Backlund", INSTITUTET, language="sv"),
    Outsider("Emil Sandås", INSTITUTET, language="sv", signed=""),
)

_TWO, _THREE = ["fi", "sv"], ["fi", "sv", "en"]
FACILITIES: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        OPISTO,
        {
            "title": "CNC-jyrsin ja opastaja",
            "what": "Viisiakselinen jyrsin puulle ja muoville, työala 2,4 × 1,2 metriä. Opettaja on vieressä koko "
            "ajan.",
            "to_try": "Tee yksi kappale omasta piirroksesta ennen kuin tilaat sarjan. Näet samalla, kauanko "
            "työstö kestää.",
            "place": "Jokilatvantie 4, halli B",
            "how_to_ask": "Torstaisin klo 14–18. Vastaamme kahdessa päivässä. Ota piirros ja oma materiaali.",
            "price": "Ensimmäinen kerta ilmaiseksi, sitten 60 € tunti.",
            "languages": ["fi", "en"],
        },
    ),
    (
        OPISTO,
        {
            "title": "Tuotekuvausstudio",
            "what": "Valot, taustat ja kamera pöydän kokoisille tuotteille.",
            "to_try": "Kuvaa puolessa päivässä kymmenen tuotetta verkkokauppaan.",
            "place": "Jokilatvantie 4, media-ala",
            "how_to_ask": "Sovitaan sähköpostilla, aikoja on joka viikko.",
            "price": "Ilmainen, jos kuvia saa käyttää opetuksessa.",
            "languages": ["fi"],
        },
    ),
    (
        OPISTO,
        {
            "title": "Koekeittiö",
            "what": "Hyväksytty ammattikeittiö, jossa saa valmistaa myyntiin.",
            "to_try": "Tee pieni erä ja myy se ennen kuin rakennat oman keittiön.",
            "place": "Koulukatu 11",
            "how_to_ask": "Iltaisin ja viikonloppuisin. Omavalvontasuunnitelma tehdään yhdessä.",
            "price": "40 € ilta.",
            "languages": _TWO,
        },
    ),
    (
        INSTITUTET,
        {
            "title": "3D-skanner och skrivare",
            "what": "En handhållen skanner och två skrivare för plast.",
            "to_try": "Skanna en reservdel som inte längre säljs och skriv ut en provbit.",
            "place": "Hamngatan 20",
            "how_to_ask": "Boka en timme per e-post.",
            "price": "Enligt överenskommelse.",
            "languages": _TWO,
        },
    ),
    (
        INSTITUTET,
        {
            "title": "Podcaststudio",
            "what": "Fyra mikrofoner, tyst rum och någon som klipper.",
            "to_try": "Spela in ett avsnitt och hör om det är något för dina kunder.",
            "place": "Hamngatan 20",
            "how_to_ask": "Onsdagar. Kom med en idé, resten finns.",
            "price": "Gratis under terminen.",
            "languages": _THREE,
        },
    ),
)

SHOP, FILM, FIGURES, SVENSKA = "shop", "film", "figures", "svenska"
ASSIGNMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    SHOP: (
        OPISTO,
        {
            "title": "Verkkokauppa viikossa",
            "can": "Opiskelijat tekevät kaupan, jossa on enintään 40 tuotetta, maksaminen ja toimitus. Saat myös "
            "ohjeen, jolla lisäät tuotteita itse.",
            "course": "Verkkopalvelun toteuttaminen",
            "team_size": 3,
            "languages": ["fi", "en"],
        },
    ),
    FILM: (
        OPISTO,
        {
            "title": "Minuutin video työstäsi",
            "can": "Käsikirjoitus, kuvaus puolessa päivässä ja leikkaus. Pysty- ja vaakakuvana.",
            "course": "Mediatuotanto",
            "team_size": 2,
            "languages": ["fi"],
        },
    ),
    FIGURES: (
        OPISTO,
        {
            "title": "Mihin tunnit menevät?",
            "can": "Opiskelijat seuraavat kahden viikon ajan, mihin työaika kuluu, ja laskevat, mikä kannattaa.",
            "course": "Liiketoiminnan kannattavuus",
            "team_size": 2,
            "languages": ["fi"],
        },
    ),
    SVENSKA: (
        INSTITUTET,
        {
            "title": "Skyltfönster och hyllor som säljer",
            "can": "Eleverna ritar om fönstret eller hyllan, bygger den och räknar kunderna före och efter.",
            "course": "Visuell försäljning",
            "team_size": 2,
            "languages": _TWO,
        },
    ),
}
BEGINS, LASTS, ASK_WITHIN = timedelta(days=30), timedelta(days=75), timedelta(days=24)


class Until(StrEnum):
    """How far a sample demo goes."""

    ASKED = "asked"
    MADE = "made"
    DELIVERED = "delivered"
    RECRUITED = "recruited"


@dataclass(frozen=True)
class SampleDemo:
    """What a company asked for and what came of it. `company` is its place among the group's members."""

    assignment: str
    group: str
    company: int
    until: Until
    audience: str
    scope: dict[str, Any]
    team: tuple[str, ...] = ()
    told: str = ""
    link: str = ""
    learned: str = ""
    recruits: str = ""


DEMOS = (
    SampleDemo(
        SHOP,
        "ylivieska",
        6,
        Until.RECRUITED,
        "network",
        {
            "wanted": "Asiakkaat soittavat iltaisin, kun olen jo kotona. Haluaisin nähdä, ostaisivatko he verkosta.",
            "done": "Sivu ottaa vastaan yhden oikean tilauksen.",
            "material": "Hinnasto taulukkona ja kuvat kymmenestä tuotteesta.",
            "gives_hour": True,
            "contact": "050 555 0142",
        },
        team=("Oona Perälä", "Eetu Kiviniemi", "Mai Nguyen"),
        told="Kauppa, jossa on 32 tuotetta ja maksaminen. Ohje lisäämiseen on kolme sivua.",
        link="https://kauppa.jokilatva.example/",
        learned="Ensimmäisellä viikolla tuli neljä tilausta, kaikki illalla. Kuvat ratkaisevat enemmän kuin hinta.",
        recruits="Mai Nguyen",
    ),
    SampleDemo(
        FILM,
        "ylivieska",
        4,
        Until.DELIVERED,
        "group",
        {
            "wanted": "Video, josta näkee, mitä käsityö on. Nykyisistä kuvista sitä ei ymmärrä.",
            "done": "Minuutti, jonka voi näyttää messuilla ilman ääntä.",
            "material": "Verstas on auki kuvaajille.",
            "gives_hour": True,
            "contact": "050 555 0187",
        },
        team=("Eetu Kiviniemi",),
        told="Minuutin video ja kolme lyhyttä pätkää somea varten.",
        link="https://video.jokilatva.example/",
    ),
    SampleDemo(
        FIGURES,
        "raahe",
        2,
        Until.MADE,
        "team",
        {
            "wanted": "Päivät täyttyvät, mutta en tiedä, mistä raha tulee.",
            "done": "Taulukko, josta näen viiden työlajin katteen.",
            "material": "Tuntikirjaukset puolelta vuodelta.",
            "contact": "050 555 0119",
        },
        team=("Oona Perälä", "Joonas Tervo"),
    ),
    SampleDemo(
        SVENSKA,
        "kokkola",
        3,
        Until.ASKED,
        "team",
        {
            "wanted": "Fönstret syns från gågatan, men ingen stannar. Vad skulle få dem att stanna?",
            "material": "Ett fönster på tre meter och budget för material.",
            "gives_hour": True,
            "contact": "050 555 0163",
        },
    ),
)
WISHES = (
    (0, "ylivieska", 5, "Kolme pöydänjalkaa koivusta omasta piirroksesta", "050 555 0171"),
    (2, "muhos", 1, "Pieni erä marjahilloa joulumyyjäisiin", "050 555 0128"),
)
"""Who would like to try what: the facility's place above, group, company, wish and contact."""
