"""What people of the sample network have said and written: Finnish, as core groups in Finland speak. Pure."""

# ruff: noqa: ISC004 - what people say is read along its lines

from __future__ import annotations

ABOUT_NETWORK = (
    "Pohjoisen kasvuverkostossa pienet yritykset tapaavat kuukausittain toistensa luona. "
    "Tämä on esimerkki: ihmiset ja yritykset on keksitty."
)
ABOUT_NETWORK_TEXTS = {
    "en": (
        "In the growth network of the North, small companies meet every month at one another's places. "
        "This is an example: people and companies are invented."
    )
}
"""In Swedish there is none yet: readers see how the network's own language stands in."""
ABOUT_GROUP_TEXTS = {
    "sv": (
        "En gång i månaden kaffe, hur var och en har det och ett tema hemma hos någon av medlemmarna. "
        "Det finns plats för nya: kom först på besök och känn efter."
    ),
    "en": (
        "Once a month coffee, how everybody is doing and one theme at some member's place. There is room "
        "for newcomers: come for a visit first and see whether it feels like yours."
    ),
}
ABOUT_GROUP = (
    "Kerran kuussa kahvit, kuulumiset ja yksi teema jonkun jäsenen luona. Mukaan mahtuu uusiakin: "
    "tule ensin käymään ja katso, tuntuuko omalta."
)
ABOUT_ONLINE = (
    "Kerran kuussa videolla: mitä verkossa myytiin, mikä jäi kärryyn ja mitä kokeillaan seuraavaksi."
)
GROUND_RULES = {
    "fi": (
        "Mitä ryhmässä puhutaan, jää ryhmään.\n"
        "Tulemme ajoissa, ja kerromme etukäteen, jos emme pääse.\n"
        "Jokainen puhuu vuorollaan, kaikki kuuntelevat.\n"
        "Kysymme ennen kuin neuvomme.\n"
        "Jokainen lupaa illan lopuksi yhden asian ja kertoo seuraavalla kerralla, miten kävi."
    ),
    "sv": (
        "Det som sägs i gruppen stannar i gruppen.\n"
        "Vi kommer i tid och säger till i förväg om vi inte kan.\n"
        "Var och en talar i tur och ordning, alla lyssnar.\n"
        "Vi frågar innan vi ger råd.\n"
        "Var och en lovar en sak i slutet av kvällen och berättar nästa gång hur det gick."
    ),
    "en": (
        "What is said in the group stays in the group.\n"
        "We come on time, and say beforehand when we cannot.\n"
        "Everybody speaks in turn, everybody listens.\n"
        "We ask before we advise.\n"
        "Everybody promises one thing at the end and tells next time how it went."
    ),
}
DISCUSSED = (
    "Puhuttiin hinnoista. Kaksi oli nostanut hintoja syksyllä, eikä kukaan asiakas lähtenyt. "
    "Vaikeinta on sanoa uusi hinta vanhalle asiakkaalle ääneen.",
    "Kierroksella oli väsymystä: kolme on tehnyt viikonloppuja koko kuun. Puhuttiin, mitä voi jättää tekemättä.",
    "Isäntä näytti tilat ja kertoi, miten tilaukset tulevat. Puolet tulee yhdeltä asiakkaalta, ja se huolettaa.",
    "Katsottiin viiden jäsenen verkkosivut puhelimella. Neljältä puuttui aukioloaika, kahdelta puhelinnumero.",
    "Ensimmäinen työntekijä: mitä se maksaa oikeasti, ja kuka ehtii perehdyttää. Kaksi on palkkaamassa keväällä.",
)
ADVICE = (
    "Kerro uusi hinta kirjeellä kuukautta ennen, ja sano samalla mikä siinä paranee.",
    "Kokeile yhtä vapaata maanantaita kuussa ja katso, mitä oikeasti jää tekemättä.",
    "Soita kolmelle vanhalle asiakkaalle ennen kuin ostat yhtään mainosta.",
    "Laita aukioloaika ja puhelinnumero sivun yläreunaan, muu saa odottaa.",
    "Kysy kehitysyhtiöltä palkkatuesta ennen kuin kirjoitat ilmoituksen.",
)
NEXT_TIME = (
    "Käydään lupaukset läpi heti alkuun. Otetaan kassa puheeksi.",
    "Jokainen tuo yhden laskun, jota ei haluaisi näyttää.",
    "Pyydetään asiantuntija kertomaan hakukoneista, puoli tuntia riittää.",
)
SUMMARIES = (
    "Illan aiheena oli hinnoittelu. Todettiin, että asiakas harvoin lähtee hinnan takia, jos syy kerrotaan.",
    "Puhuttiin jaksamisesta. Pieni yritys kestää, kun yrittäjällä on vapaapäivä ja joku, jolle soittaa.",
    "Tutustuttiin isännän tiloihin ja siihen, miten tilaus kulkee puhelusta laskuksi.",
    "Katsottiin verkkosivuja asiakkaan silmin. Puhelinnumero ja aukioloaika ensin, kaikki muu sen jälkeen.",
)
PROMISES = (
    "Soitan kolmelle vanhalle asiakkaalle",
    "Teen hinnaston uusiksi ja näytän sen teille",
    "Kuvaan viisi tuotetta puhelimella",
    "Kysyn palkkatuesta kehitysyhtiöltä",
    "Pidän yhden vapaan maanantain",
    "Laitan aukioloajat verkkosivun yläreunaan",
    "Käyn katsomassa messuja ennen kuin varaan paikan",
    "Lähetän tarjouksen Kokkolaan",
)
OUTCOMES = (
    "Tehty, kaksi tilasi heti.",
    "Valmis. Oli helpompaa kuin luulin.",
    "Tehty, ja jatkan samalla tavalla.",
)
DESCRIPTIONS = (
    "Aloitan näyttämällä, miten me tämän teemme, ja missä se on mennyt pieleen. Sitten kierros: mikä teillä toimii?",
    "Lyhyt alustus ja paljon puhetta. Ota mukaan yksi esimerkki omasta arjestasi.",
    "Katsotaan yhdessä kolme oikeaa tapausta. Niistä ei puhuta muualla.",
)
PARKING = (
    "Pihaan mahtuu kymmenen autoa, loput kadun varteen.",
    "Parkkipaikka on talon takana, maksuton illalla.",
)
FOOD = (
    "Keittoa ja leipää. Kerro, jos jokin ei sovi.",
    "Kahvia ja suolaista.",
    "Savukalaa ja perunaa; on kasviskin.",
)
ACCESS = ("Esteetön, ovi kadun puolella.", "Kolme porrasta; soita, niin autamme.")
EXPERT_WISHES = ("Joku, joka tuntee hakukoneet", "Kirjanpitäjä, joka puhuu suomea eikä numeroita")
COMMENTS = (
    "Tulen suoraan työmaalta, voin myöhästyä hetken.",
    "Riippuu lapsenvahdista.",
    "Harmi, olen messuilla.",
)
DECLINED = "Meillä on silloin remontti, eikä tiloihin mahdu."
GAVE_BACK = "Vaihdamme toimitilaa juuri sillä viikolla. Otamme mielellämme kevään vuoron."
CANCELLED = "Isännän talossa on vesivahinko. Katsotaan uusi ilta ensi viikolla."
APPLICANTS = (
    (
        "Helmi Sarkalampi",
        "Leipomo Sarkalampi",
        "Haluaisin tulla katsomaan. Leivon yksin ja kaipaan juttuseuraa.",
    ),
    ("Onni Keloranta", "Keloranta Metalli", "Naapuri kehui teitä. Voiko tulla käymään ennen kuin päättää?"),
    ("Veera Tuulisalo", "", "Olen perustamassa yritystä keväällä. Saako tulla jo nyt?"),
)
EVENTS = (
    ("Pohjoisen yrittäjien työpaja", "Päivä toisten pienten yritysten kanssa: kolme työpajaa ja yhteinen lounas.",
     "Oulun kaupungintalo", "Kirkkokatu 2", "Oulu", ""),
    ("Kohtaamispöydät: etsi kumppani", "Kahdeksan minuuttia pöydässä, sitten vaihdetaan. Ilmoita, mitä etsit.",
     "Rovaniemen kirjasto", "Jorma Eton tie 6", "Rovaniemi", ""),
    ("Verkkokauppa puhelimella", "Kaksi tuntia verkossa: kuvat, tekstit ja maksaminen.", "", "", "",
     "https://video.example/verkkokauppa-puhelimella"),
    ("Vienti Ruotsiin: ensimmäinen asiakas", "Kolme yritystä kertoo, miten ensimmäinen kauppa syntyi.",
     "Kokkolan kauppaoppilaitos", "Torikatu 1", "Kokkola", ""),
    ("Mitä tutkimus sanoo vertaisryhmistä", "Yliopiston tutkija kertoo, ja kysyä saa.", "Kuopion yliopistokampus",
     "Opistotie 1", "Kuopio", ""),
)  # fmt: skip
"""(title, description, place, address, municipality, link) of public events, one about every other week."""
FORUM = ("Koordinaattorien kehittämisfoorumi", "Mitä ryhmissä kuuluu, ja mitä opitaan toisiltamme.")
FAIR = ("Talvimarkkinat yhdessä", "Peruttu: tori on remontissa. Uusi aika kerrotaan täällä.")
PLANNED_EVENT = ("Kevään opintomatka", "Kolme yritysvierailua yhden päivän aikana.")
