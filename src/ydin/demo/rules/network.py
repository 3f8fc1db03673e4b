"""The sample network, invented: areas, companies, people and themes. Pure and the same at every run.

Surnames are put together from parts so that nobody bears them; business IDs pass the check digit but are
taken from a range of our own; e-mail addresses end in .example, which never delivers (RFC 2606).
"""

# ruff: noqa: E501 - tables of words are read along their rows

from __future__ import annotations

import random
from dataclasses import dataclass

from stdnum.fi import ytunnus

SEED = 2027
IN_TOWN, ALONE, SWEDISH = 0.7, 0.6, 0.3
"""Shares: companies in the main municipality, with one person, Swedish speakers of the bilingual group."""


@dataclass(frozen=True)
class SampleMunicipality:
    """Code, names and WGS 84 degrees of a municipality's centre."""

    code: str
    name: str
    name_sv: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class SampleArea:
    """A core group's area: its sub-region, its region (index of REGIONS) and its municipalities."""

    slug: str
    group: str
    sub_region: str
    sub_region_code: str
    region: int
    coordinator: int
    members: int
    municipalities: tuple[SampleMunicipality, ...]
    online: bool = False


@dataclass(frozen=True)
class SampleTrade:
    """What a company does: word for its name, NACE 2.1 class, description, theme to offer and to ask for."""

    word: str
    nace: str
    about: str
    offers: str
    wants: str


@dataclass(frozen=True)
class SamplePerson:
    """An invented person."""

    name: str
    email: str
    language: str
    phone: str


@dataclass(frozen=True)
class SampleCompany:
    """An invented company with its people."""

    name: str
    business_id: str
    trade: SampleTrade
    municipality: SampleMunicipality
    address: str
    latitude: float
    longitude: float
    head_count: int
    capacity: int
    people: tuple[SamplePerson, ...]


REGIONS = (
    ("17", "FI1D9", "Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"),
    ("16", "FI1D5", "Keski-Pohjanmaa", "Mellersta Österbotten", "Central Ostrobothnia"),
    ("11", "FI1DB", "Pohjois-Savo", "Norra Savolax", "North Savo"),
    ("19", "FI1D7", "Lappi", "Lappland", "Lapland"),
    ("18", "FI1D8", "Kainuu", "Kajanaland", "Kainuu"),
)
M = SampleMunicipality
AREAS = (
    SampleArea(
        "nivala-haapajarvi", "Nivalan–Haapajärven ydinryhmä", "Nivala-Haapajärvi", "176", 0, 0, 24,
        (M("535", "Nivala", "Nivala", 63.93, 24.98), M("069", "Haapajärvi", "Haapajärvi", 63.75, 25.32)),
    ),
    SampleArea(
        "ylivieska", "Ylivieskan ydinryhmä", "Ylivieska", "177", 0, 0, 25,
        (M("977", "Ylivieska", "Ylivieska", 64.07, 24.55), M("746", "Sievi", "Sievi", 63.91, 24.52)),
    ),
    SampleArea(
        "raahe", "Raahen ydinryhmä", "Raahe", "174", 0, 1, 23,
        (M("678", "Raahe", "Brahestad", 64.68, 24.48), M("748", "Siikajoki", "Siikajoki", 64.81, 24.76)),
    ),
    SampleArea(
        "haapavesi", "Haapaveden ydinryhmä", "Haapavesi-Siikalatva", "175", 0, 0, 22,
        (M("071", "Haapavesi", "Haapavesi", 64.14, 25.37), M("791", "Siikalatva", "Siikalatva", 64.26, 25.69)),
    ),
    SampleArea(
        "muhos", "Muhoksen ydinryhmä", "Oulu", "171", 0, 1, 24,
        (M("494", "Muhos", "Muhos", 64.81, 25.99), M("889", "Utajärvi", "Utajärvi", 64.76, 26.42)),
    ),
    SampleArea(
        "kokkola", "Kokkolan ydinryhmä", "Kokkola", "162", 1, 2, 25,
        (M("272", "Kokkola", "Karleby", 63.84, 23.13), M("315", "Kannus", "Kannus", 63.90, 23.91)),
    ),
    SampleArea(
        "iisalmi", "Iisalmen ydinryhmä", "Ylä-Savo", "111", 2, 3, 24,
        (M("140", "Iisalmi", "Idensalmi", 63.56, 27.19), M("263", "Kiuruvesi", "Kiuruvesi", 63.65, 26.62)),
    ),
    SampleArea(
        "kuopio", "Kuopion ydinryhmä", "Kuopio", "112", 2, 3, 25,
        (M("297", "Kuopio", "Kuopio", 62.89, 27.68), M("749", "Siilinjärvi", "Siilinjärvi", 63.08, 27.66)),
    ),
    SampleArea(
        "varkaus", "Varkauden ydinryhmä", "Varkaus", "114", 2, 3, 22,
        (M("915", "Varkaus", "Varkaus", 62.32, 27.87), M("420", "Leppävirta", "Leppävirta", 62.49, 27.79)),
    ),
    SampleArea(
        "rovaniemi", "Rovaniemen ydinryhmä", "Rovaniemi", "191", 3, 4, 24,
        (M("698", "Rovaniemi", "Rovaniemi", 66.50, 25.73), M("683", "Ranua", "Ranua", 65.93, 26.52)),
    ),
    SampleArea(
        "kemi-tornio", "Kemi–Tornion ydinryhmä", "Kemi-Tornio", "192", 3, 4, 23,
        (M("240", "Kemi", "Kemi", 65.74, 24.56), M("851", "Tornio", "Torneå", 65.85, 24.15)),
    ),
    SampleArea(
        "kajaani", "Kajaanin ydinryhmä", "Kajaani", "182", 4, 2, 22,
        (M("205", "Kajaani", "Kajana", 64.23, 27.73), M("765", "Sotkamo", "Sotkamo", 64.13, 28.39)),
    ),
    SampleArea(
        "verkkokauppa", "Verkkokaupan kasvuryhmä", "Oulu", "171", 0, 1, 16,
        (M("564", "Oulu", "Uleåborg", 65.01, 25.47),), online=True,
    ),
)  # fmt: skip
T = SampleTrade
TRADES = (
    T("Puupaja", "31.00", "Kalusteita ja keittiöitä mittojen mukaan.", "Hinnoittelu, josta ei tarvitse pyytää anteeksi", "Näkyvyys hakukoneissa"),
    T("Kahvila", "56.11", "Lounasta, pullaa ja pienet juhlat.", "Miten saan asiakkaan palaamaan", "Palkkaamisen ensimmäiset askeleet"),
    T("Sähkö", "43.21", "Sähkötyöt koteihin ja maatiloille.", "Tarjous, jonka asiakas ymmärtää", "Ajankäyttö, kun kaikki soittavat"),
    T("Verkkokauppa", "47.91", "Pohjoisen käsitöitä verkossa.", "Verkkokauppa ilman omaa varastoa", "Ensimmäinen asiakas Ruotsista"),
    T("Savustamo", "10.20", "Savustettua kalaa läheltä.", "Ensimmäinen asiakas Ruotsista", "Pakkaus, joka myy"),
    T("Tilipalvelu", "69.20", "Kirjanpitoa ja neuvoja pienille yrityksille.", "Kassa kestää myös marraskuun", "Verkostot, joista on iloa"),
    T("Konepaja", "25.62", "Koneistusta ja korjauksia.", "Alihankkijasta kumppaniksi", "Verkkosivut, joilta soitetaan"),
    T("Kampaamo", "96.21", "Hiukset ja hyvä mieli.", "Jaksaminen yksinyrittäjänä", "Hinnan nostaminen"),
    T("Mainostoimisto", "73.11", "Kuvia, sanoja ja kylttejä.", "Visuaalinen markkinointi puhelimella", "Myynti ilman myymistä"),
    T("Matkailu", "79.90", "Opastettuja retkiä ja mökkejä.", "Yhdessä maailmalle", "Talven varaukset ajoissa"),
    T("Lomamökit", "55.20", "Mökkejä veden äärellä.", "Arviot, joihin vastataan", "Hinnoittelu sesongin mukaan"),
    T("Kuljetus", "49.41", "Tavara perille seuraavana päivänä.", "Kaikkea ei kannata tehdä itse", "Polttoaine ja sopimukset"),
    T("Luomutila", "01.13", "Juureksia ja tilamyymälä.", "Suoramyynti ilman välikäsiä", "Uusi tuote kokeiluun nopeasti"),
    T("Fysio", "86.95", "Selkä kuntoon, työ kulkee.", "Hyvinvointi on myös laskuja", "Ajanvaraus verkossa"),
    T("Ohjelmisto", "62.10", "Pieniä ohjelmia pieniin pulmiin.", "Digi muuttaa ostamisen", "Tuotteistaminen"),
    T("Ompelimo", "14.21", "Työvaatteita ja korjauksia.", "Kierrätys myyntivalttina", "Verkkokaupan kuvat"),
    T("Rakennus", "41.00", "Remontteja ja terasseja.", "Sopimus, joka pitää", "Työntekijän löytäminen"),
    T("Kukkakauppa", "47.76", "Kukkia arkeen ja juhlaan.", "Ikkuna, joka pysäyttää", "Tilauksia yrityksiltä"),
)  # fmt: skip
STEMS = (
    "Hilla",
    "Kuura",
    "Utu",
    "Tuuli",
    "Halla",
    "Ruska",
    "Kelo",
    "Naava",
    "Pihla",
    "Suvi",
    "Kaarna",
    "Riite",
    "Sarka",
)
ENDS = ("vaara", "koski", "niemi", "mäki", "salo", "ranta", "lampi", "harju", "korpi", "nurmi", "puro", "aho")
FIRST = (
    "Aino", "Eero", "Liisa", "Matti", "Kaisa", "Juhani", "Helmi", "Antti", "Sanna", "Olli", "Pirkko", "Tapio", "Veera",
    "Ilmari", "Noora", "Risto", "Elina", "Kalle", "Maija", "Väinö", "Saara", "Jussi", "Tuula", "Onni", "Astrid", "Nils",
)  # fmt: skip
STREETS = (
    "Tehtaantie",
    "Asematie",
    "Rantakatu",
    "Kauppakatu",
    "Myllytie",
    "Koulutie",
    "Sahantie",
    "Torikatu",
)
COORDINATORS = (
    "Kaisa Hallaniemi",
    "Jussi Kelomäki",
    "Astrid Utusalo",
    "Risto Pihlakoski",
    "Noora Ruskavaara",
)
NATIONAL = "Elina Kuuraharju"
DEVELOPERS = (
    "Kehittämisyhtiö Kuurakumpu",
    "Yrityspalvelut Utusalmi",
    "Kehitysyhtiö Sarkaranta",
    "Yrityspalvelut Naavaharju",
    "Kehittämisyhtiö Ruskalatva",
)
UNIVERSITY = "Pohjoisen yliopisto (esimerkki)"


def address_of(name: str, company: str) -> str:
    """Return an e-mail address that never delivers, made of ASCII letters."""
    letters = str.maketrans("åäöé–’", "aaoe--")
    user = ".".join(part for part in name.lower().split()).translate(letters)
    host = "-".join(company.lower().split()).translate(letters).replace("&", "ja")
    return f"{user}@{host}.example"


def sample_business_id(number: int) -> str:
    """Return the sample business ID of this number (0–999): it passes the check digit."""
    stem = 8_800_000 + number * 11
    while True:
        for digit in "0123456789":
            if ytunnus.is_valid(f"{stem}{digit}"):
                return f"{stem}-{digit}"
        stem += 1


def sample_companies() -> dict[str, list[SampleCompany]]:
    """Return the companies of every area, by the area's slug: about 300 in all."""
    draw = random.Random(SEED)  # noqa: S311 - repeatable, nothing secret
    surnames = [a + b for a in STEMS for b in ENDS]
    draw.shuffle(surnames)
    made: dict[str, list[SampleCompany]] = {}
    number = 0
    for area in AREAS:
        trades = list(TRADES) * 2
        draw.shuffle(trades)
        companies = []
        for index in range(area.members):
            companies.append(_company(draw, area, trades[index], surnames, number))
            number += 1
        made[area.slug] = companies
    return made


def _company(
    draw: random.Random, area: SampleArea, trade: SampleTrade, surnames: list[str], number: int
) -> SampleCompany:
    family = surnames[number % len(surnames)]
    style = number // len(surnames)
    name = (f"{trade.word} {family}", f"{family}n {trade.word}")[style % 2]
    home = area.municipalities[0 if draw.random() < IN_TOWN else -1]
    crew = 1 if draw.random() < ALONE else 2
    people = []
    for k in range(crew):
        first = FIRST[(number * 7 + k * 5) % len(FIRST)]
        person = f"{first} {family if k == 0 else surnames[(number * 3 + 17) % len(surnames)]}"
        swedish = area.slug == "kokkola" and draw.random() < SWEDISH
        phone = f"040 555 {number:04d}"
        people.append(SamplePerson(person, address_of(person, name), "sv" if swedish else "fi", phone))
    return SampleCompany(
        name=name,
        business_id=sample_business_id(number),
        trade=trade,
        municipality=home,
        address=f"{draw.choice(STREETS)} {draw.randint(1, 60)}",
        latitude=round(home.latitude + draw.gauss(0, 0.05), 4),
        longitude=round(home.longitude + draw.gauss(0, 0.1), 4),
        head_count=draw.choices([1, 2, 3, 5, 8], [60, 15, 12, 8, 5])[0],
        capacity=draw.randint(14, 32),
        people=tuple(people),
    )
