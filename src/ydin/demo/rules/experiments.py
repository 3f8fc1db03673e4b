"""What the sample companies try. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ydin.experiments.rules.card import Audience, Card, Helper, Kind, Review, Told, Verdict


@dataclass(frozen=True)
class Try:
    """A sample experiment: of which group and company (its place in the list), how far, and what came of it.

    `began` is how many days ago it started (None: planned). `after` is the key of the one it was copied from.
    """

    key: str
    group: str
    company: int
    card: Card
    audience: str = Audience.NETWORK
    began: int | None = None
    review: Review | None = None
    given_up: str = ""
    after: str = ""
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
    "Yhteinen lahjapakkaus kolmen yrityksen tuotteista",
    measure="Myytyjä pakkauksia",
    unit="kpl",
    goal=Decimal(40),
    money_cents=30_000,
    weeks=6,
)

TRIES = (
    Try(
        "calls", "ylivieska", 4, CALLS, Audience.PUBLIC, began=120,
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
    Try("calls-kajaani", "kajaani", 2, CALLS, began=16, after="calls-kokkola"),
    Try("calls-rovaniemi", "rovaniemi", 5, CALLS, began=60, after="calls", given_up="Sesonki vei kaiken ajan."),
    Try(
        "price", "ylivieska", 0, PRICE, Audience.GROUP, began=44,
    ),
    Try("sweden", "kemi-tornio", 1, SWEDEN, began=35),
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
    Try("booking", "ylivieska", 2, BOOKING, Audience.GROUP, began=29),
    Try("box", "ylivieska", 8, BOX, Audience.GROUP),
)  # fmt: skip

IN_SWEDISH = {
    "calls": (
        "Tre samtal på måndagar gav sex beställningar",
        (
            "Jag var nervös för att ringa gamla kunder. På kärngruppens kväll lovade jag att pröva en månad: tre "
            "samtal varje måndag före kaffet.\n\nSex beställde genast. Flera tackade för att någon kom ihåg dem. Nu "
            "är det en vana, och den kostar ingenting."
        ),
    ),
}
"""Stories that the coordinator put into Swedish, by the experiment's key."""
IN_ENGLISH = {
    "calls": (
        "Three calls on Mondays brought six orders",
        (
            "I was nervous about calling old customers. At an evening of the core group I promised to try it for a "
            "month: three calls every Monday before coffee.\n\nSix ordered at once. Several thanked me for "
            "remembering them. Now it is a habit, and it costs nothing."
        ),
    ),
}
PUBLISHED, ASKED = "calls", "photos"
"""Of which experiment there is a published story, and of which one that waits for the company's yes."""
