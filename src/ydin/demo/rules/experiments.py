"""What the sample companies try. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ydin.experiments.rules.card import Audience, Card, Helper, Kind, Review, Told, Verdict

GROUP = -1
"""In place of a company: the group tries it as one."""


@dataclass(frozen=True)
class Try:
    """A sample experiment: of which group and company (its place in the list, or GROUP), and what came of it.

    `began` is how many days ago it started (None: planned). `after` is the key of the one it was copied from.
    `along` are the places of companies of the group that follow it or take part.
    """

    key: str
    group: str
    company: int
    card: Card
    audience: str = Audience.NETWORK
    began: int | None = None
    halfway: str = ""
    review: Review | None = None
    given_up: str = ""
    after: str = ""
    along: tuple[int, ...] = ()
    told: Told | None = None


CALLS = Card(
    Kind.SALES,
    "Soitan joka maanantai kolmelle vanhalle asiakkaalle",
    assumption="Vanhat asiakkaat ostaisivat, jos joku kysyisi.",
    measure="Uusia tilauksia vanhoilta asiakkailta",
    unit="tilausta",
    baseline=Decimal(1),
    goal=Decimal(5),
    hours=8,
)
PRICE = Card(
    Kind.PRICING,
    "Kolme pakettia yhden tuntihinnan tilalle",
    assumption="Keskimmäinen paketti valitaan useimmin.",
    measure="Keskimääräinen tarjous",
    unit="€",
    baseline=Decimal(420),
    goal=Decimal(550),
    weeks=6,
    hours=20,
)
SWEDEN = Card(
    Kind.EXPORT,
    "Näytepaketti kymmenelle kaupalle Haaparannan ja Luulajan väliin",
    assumption="Kaksi kymmenestä tilaa, kun hinta on kruunuina valmiina.",
    measure="Tilauksia",
    unit="kauppaa",
    baseline=Decimal(0),
    goal=Decimal(2),
    money_cents=60_000,
    hours=30,
    weeks=8,
    helper=Helper.EXPERT,
    helper_words="Laura Kivelä, vientineuvonta",
    country="SE",
)
PHOTOS = Card(
    Kind.MARKETING,
    "Viisi tuotekuvaa viikossa puhelimella, sama valo ja tausta",
    assumption="Kuva ihmisestä työssä toimii paremmin kuin kuva tuotteesta.",
    measure="Yhteydenottoja viikossa",
    unit="yhteydenottoa",
    baseline=Decimal(3),
    goal=Decimal(6),
    helper=Helper.STUDENT,
    helper_words="median opiskelija, kaksi iltapäivää",
)
BOOKING = Card(
    Kind.DIGITAL,
    "Ajanvaraus verkkoon, puhelin kiinni iltapäivisin",
    measure="Varauksia verkosta",
    unit="%",
    baseline=Decimal(0),
    goal=Decimal(50),
    money_cents=12_000,
)
BOX = Card(
    Kind.COOPERATION,
    "Yhteinen lahjapakkaus ryhmän yritysten tuotteista",
    measure="Myytyjä pakkauksia",
    unit="kpl",
    goal=Decimal(40),
    money_cents=30_000,
    weeks=6,
)

TRIES = (
    Try(
        "calls", "ylivieska", 4, CALLS, Audience.PUBLIC, began=120, along=(0, 2),
        halfway="Kahdella viikolla kaksi tilausta. Soittaminen ei enää jännitä.",
        review=Review(
            Verdict.KEEP, Decimal(6), "Soitin 36 puhelua. Kuusi tilasi, neljä pyysi palaamaan keväällä.",
            "Kukaan ei suuttunut. Paras aika on maanantai kello yhdeksän.",
        ),
        told=Told(
            "Kolme puhelua maanantaisin toi kuusi tilausta",
            "Minua jännitti soittaa vanhoille asiakkaille. Ydinryhmän illassa lupasin kokeilla kuukauden: kolme "
            "puhelua joka maanantai ennen kahvia.\n\nKuusi tilasi heti. Useampi kiitti, että joku muisti. Nyt se "
            "on tapa, eikä se maksa mitään.",
            "fi", is_named=True,
        ),
    ),
    Try(
        "calls-kokkola", "kokkola", 3, CALLS, began=70, after="calls",
        review=Review(
            Verdict.CHANGE, Decimal(2), "Puhelimeen ei vastattu, viestiin vastattiin.",
            "Meidän asiakkaille viesti ensin, puhelu sitten.",
        ),
    ),
    Try(
        "calls-raahe", "raahe", GROUP, CALLS, began=55, after="calls", along=(0, 1, 3, 5),
        halfway="Neljä yritystä soittaa samaan aikaan. Torstaisin verrataan.",
        review=Review(
            Verdict.KEEP, Decimal(11), "Neljä yritystä, 96 puhelua, yksitoista tilausta.",
            "Yhdessä soittaa helpommin: kukaan ei jätä väliin, kun muut kysyvät.",
        ),
    ),
    Try(
        "calls-kajaani", "kajaani", 2, CALLS, began=16, after="calls-kokkola",
        halfway="Viestiin vastaa joka toinen.",
    ),
    Try("calls-rovaniemi", "rovaniemi", 5, CALLS, began=60, after="calls", given_up="Sesonki vei kaiken ajan."),
    Try("price", "ylivieska", 0, PRICE, Audience.GROUP, began=44, along=(4, 6)),
    Try("sweden", "kemi-tornio", 1, SWEDEN, began=35, halfway="Yksi tilasi, kolme maistaa vielä.", along=(0,)),
    Try(
        "photos", "muhos", 3, PHOTOS, Audience.PUBLIC, began=90,
        review=Review(
            Verdict.KEEP, Decimal(7), "Kahdessa viikossa yhteydenotot tuplaantuivat.",
            "Kädet ja työ kuvassa, ei pelkkä tuote.",
        ),
        told=Told(
            "Kuva työstä toimi paremmin kuin kuva tuotteesta",
            "Opiskelija kävi meillä kaksi iltapäivää ja näytti, mistä valo tulee. Sen jälkeen kuvasimme itse, "
            "viisi kuvaa viikossa.\n\nYhteydenottoja tuli seitsemän viikossa, ennen kolme. Kamera oli koko ajan "
            "taskussa.",
            "fi", is_named=True,
        ),
    ),
    Try("photos-ylivieska", "ylivieska", 6, PHOTOS, Audience.GROUP, began=9, after="photos"),
    Try(
        "booking", "ylivieska", 2, BOOKING, Audience.GROUP, began=29, along=(4,),
        halfway="Joka kolmas varaa jo verkosta. Vanhat asiakkaat soittavat aamulla.",
    ),
    Try("box", "ylivieska", GROUP, BOX, Audience.GROUP, along=(4, 8, 9)),
)  # fmt: skip
