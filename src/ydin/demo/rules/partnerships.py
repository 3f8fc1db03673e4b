"""What the sample companies offer one another, need, and do together. Pure."""

from __future__ import annotations

SAID = {
    "Puupaja": (
        "Keittiöitä ja kahvilakalusteita mittojen mukaan",
        "Tuotekuvat ja verkkosivut, joilta asiakas soittaa",
    ),
    "Kahvila": ("Kokoustarjoilut ja juhlien kakut", "Kahvilan uudet pöydät ja tiski puusta"),
    "Sähkö": ("Sähköasennukset ja valaistus liiketiloihin", "Kirjanpitäjä, joka tuntee rakennusalan"),
    "Verkkokauppa": ("Verkkokauppapaikka pohjoisen käsitöille", "Pakettien kuljetus kahdesti viikossa"),
    "Savustamo": (
        "Savustettua lohta ravintoloille ja kahviloille",
        "Tuotepakkauksen suunnittelu lahjapakkaukseen",
    ),
    "Tilipalvelu": (
        "Kirjanpitoa ja palkanlaskentaa pienille yrityksille",
        "Toimiston siivous kerran viikossa",
    ),
    "Konepaja": ("Hitsausta, koneistusta ja metalliosien korjauksia", "Työvaatteita verstaalle"),
    "Kampaamo": ("Hiukset ja kampaukset juhliin", "Ajanvarausjärjestelmä verkkoon"),
    "Mainostoimisto": ("Pakkaussuunnittelua, logoja ja tuotekuvia", "Kokoustarjoilu asiakasiltaan"),
    "Matkailu": (
        "Opastettuja retkiä yritysten virkistyspäiviin",
        "Majoitus ja savusauna kahdeksan hengen ryhmälle",
    ),
    "Lomamökit": ("Mökkejä ryhmille veden äärellä", "Liinavaatteiden pesula ja siivous vaihtopäiviin"),
    "Kuljetus": ("Tavarankuljetus ja paketit perille seuraavana päivänä", "Kuorma-auton korjaushitsaus"),
    "Luomutila": ("Juureksia ja vihanneksia suoraan tilalta", "Kylmäkuljetus kahviloihin"),
    "Fysio": ("Työfysioterapiaa ja niska-hartiaryhmiä", "Verkkosivujen uusiminen"),
    "Ohjelmisto": (
        "Verkkosivut, ajanvaraus ja pienet ohjelmat",
        "Asiakas, joka kokeilee uutta laskutusohjelmaa",
    ),
    "Ompelimo": ("Työvaatteet, verhot ja korjausompelu", "Verkkokauppa ja tuotekuvat"),
    "Rakennus": ("Remontit, terassit ja kattotyöt", "Sähkömies kylpyhuoneremontteihin"),
    "Kukkakauppa": ("Kukka-asetelmat tiloihin ja tapahtumiin", "Näyteikkunan valaistus ja kyltti"),
}
"""By the trade's word in the company's name: what it offers, what it needs."""
SWEDISH = (
    ("offer", "Bokföring och löner på svenska"),
    ("need", "Någon som formger förpackningar för rökt fisk"),
)
TOGETHER = ("sales", "marketing", "support", "project", "purchase", "sales", "support", "recruitment")
BANDS = ("to_1000", "to_5000", "none", "to_20000", "unknown")
TOLD = ("group", "network", "pair", "group")
SHOWCASE_SPEAKERS, SPEAKERS = 12, 3
"""So many companies of the showcase group, and of each other group, have something on the list."""
SHOWCASE_PAIRS, PAIRS = 18, 3
"""So many pairs of companies work together there."""
INTRODUCED = (
    (2, 7, "Molemmat miettivät, miten asiakas löytää perille pihaan. Puhukaa kylteistä yhdessä."),
    (0, 9, "Samat asiakkaat, eri vuodenajat. Yhteinen tarjous voisi kiinnostaa matkailijoita."),
    (4, 11, "Toinen etsii kuljetusta kahdesti viikossa, toisen auto ajaa sen reitin puolityhjänä."),
)
"""Whom the showcase group's coordinator brings together: places among the companies, and why."""
