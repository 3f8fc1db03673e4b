"""Which column of a coordinator's table means what, in Finnish, Swedish and English."""

from __future__ import annotations

from enum import StrEnum

from ydin.networks.rules.tables import Columns, Row, heading_words


class Column(StrEnum):
    """What a column tells."""

    COMPANY = "company"
    BUSINESS_ID = "business_id"
    MUNICIPALITY = "municipality"
    ADDRESS = "address"
    POSTCODE = "postcode"
    TOWN = "town"
    HEAD_COUNT = "head_count"
    INDUSTRY = "industry"
    LANGUAGE = "language"
    WEBSITE = "website"
    CAPACITY = "capacity"
    DESCRIPTION = "description"
    PERSON = "person"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    ROLE = "role"


OF_PEOPLE = (
    Column.PERSON, Column.FIRST_NAME, Column.LAST_NAME, Column.EMAIL, Column.PHONE, Column.ROLE,
)  # fmt: skip

_SYNONYMS = {
    Column.COMPANY: (
        "yritys|yritykset|yrityksen nimi|yritysnimi|toiminimi|toiminimi tai yritys|firma|firman nimi|"
        "yhtiö|"
        "yhtiön nimi|organisaatio|organisaation nimi|jäsenyritys|jäsen|asiakas|virallinen nimi|nimi yritys|"
        "företag|företaget|företagets namn|företagsnamn|firma namn|bolag|bolagets namn|organisation|"
        "medlemsföretag|medlem|kund|"
        "company|company name|name of company|name of the company|enterprise|enterprise name|business|"
        "business name|organization|organisation name|firm|member|member company|legal name"
    ),
    Column.BUSINESS_ID: (
        "y tunnus|ytunnus|y tunnukset|yritystunnus|yrityksen y tunnus|yritys ja yhteisötunnus|ly tunnus|"
        "alv tunnus|alv numero|tunnus|"
        "fo nummer|fo nr|fonummer|fo|företags och organisationsnummer|organisationsnummer|org nr|orgnr|"
        "momsnummer|"
        "business id|businessid|business identity code|company id|company number|registration number|vat|"
        "vat id|vat number|vat no|business code|id code"
    ),
    Column.MUNICIPALITY: (
        "kunta|kotikunta|sijaintikunta|yrityksen kunta|kaupunki|kunta kaupunki|kaupunki kunta|paikkakunta|"
        "kotipaikka|sijainti|"
        "kommun|hemkommun|hemort|stad|ort|kommun stad|stad kommun|"
        "municipality|home municipality|city|town|city municipality|domicile|location"
    ),
    Column.ADDRESS: (
        "osoite|katuosoite|käyntiosoite|lähiosoite|postiosoite|yrityksen osoite|toimipaikan osoite|"
        "adress|gatuadress|besöksadress|postadress|företagets adress|"
        "address|street address|street|visiting address|postal address|company address"
    ),
    Column.POSTCODE: "postinumero|postinro|pnro|postnummer|postnr|postcode|postal code|zip|zip code",
    Column.TOWN: "postitoimipaikka|ptp|toimipaikka|postort|postanstalt|post town|postal town",
    Column.HEAD_COUNT: (
        "henkilöstö|henkilöstömäärä|henkilöstön määrä|henkilöstöä|henkilöitä|henkilömäärä|henkilömaara|"
        "henkilöluku|hlömäärä|hlö määrä|hlö|työntekijöitä|työntekijät|työntekijämäärä|työntekijöiden määrä|"
        "koko|yrityksen koko|htv|"
        "antal anställda|anställda|personal|personalstyrka|personalantal|antal personer|antal arbetstagare|"
        "employees|number of employees|no of employees|employee count|headcount|"
        "head count|staff|staff size|"
        "personnel|people|size"
    ),
    Column.INDUSTRY: (
        "toimiala|päätoimiala|toimialakoodi|toimialaluokka|toimialaluokitus|tol|tol koodi|ala|"
        "bransch|huvudbransch|näringsgren|näringsgrenskod|sni|branschkod|"
        "industry|industry code|main industry|sector|line of business|nace|nace code|field|branch"
    ),
    Column.LANGUAGE: (
        "kieli|kielet|asiointikieli|äidinkieli|yhteydenpitokieli|språk|kontaktspråk|modersmål|"
        "ärendespråk|language|languages|preferred language"
    ),
    Column.WEBSITE: (
        "kotisivu|kotisivut|verkkosivu|verkkosivut|www|www sivu|www sivut|www osoite|"
        "nettisivu|nettisivut|url|"
        "internet|webbplats|webbsida|hemsida|hemsidor|website|web site|web|homepage|home page|web page"
    ),
    Column.CAPACITY: (
        "tilat|tilojen koko|tilaa|kapasiteetti|tilojen kapasiteetti|montako mahtuu|mahtuu|istumapaikat|"
        "istumapaikkoja|lokal|lokaler|utrymmen|kapacitet|plats för|antal platser|premises|capacity|"
        "premises capacity|room for|seats"
    ),
    Column.DESCRIPTION: (
        "kuvaus|esittely|yrityksen kuvaus|yritysesittely|palvelut|tuotteet|tuotteet ja palvelut|"
        "beskrivning|presentation|tjänster|produkter|description|about|services|products"
    ),
    Column.PERSON: (
        "yhteyshenkilö|yhteyshenkilöt|yhteyshenkilön nimi|yhdyshenkilö|henkilö|henkilön nimi|edustaja|"
        "edustajan nimi|edustajat|yrittäjä|yrittäjän nimi|yrittäjät|omistaja|koko nimi|"
        "kontakti|kontaktihenkilö|"
        "osallistuja|osallistujan nimi|nimi yhteyshenkilö|"
        "kontaktperson|kontaktpersoner|kontaktpersonens namn|kontaktpersonen|kontakt|"
        "företagare|företagarens namn|"
        "företrädare|representant|ägare|deltagare|deltagarens namn|fullständigt namn|"
        "contact|contacts|contact person|contact persons|contact name|name of contact|person|person name|"
        "representative|entrepreneur|owner|full name|participant|participant name"
    ),
    Column.FIRST_NAME: (
        "etunimi|etunimet|yhteyshenkilön etunimi|yhteyshenkilö etunimi|förnamn|kontaktpersonens förnamn|"
        "first name|firstname|given name|forename|contact first name"
    ),
    Column.LAST_NAME: (
        "sukunimi|yhteyshenkilön sukunimi|yhteyshenkilö sukunimi|efternamn|släktnamn|"
        "kontaktpersonens efternamn|last name|lastname|surname|family name|contact last name"
    ),
    Column.EMAIL: (
        "sähköposti|sähköpostit|sähköpostiosoite|sähköpostiosoitteet|s posti|sposti|"
        "s postiosoite|email|e mail|"
        "meili|maili|yhteyshenkilön sähköposti|yhteyshenkilö sähköposti|sähköposti yhteyshenkilö|"
        "yrittäjän sähköposti|edustajan sähköposti|"
        "e post|epost|e postadress|epostadress|e postadresser|mejl|mail|kontaktpersonens e post|"
        "kontaktperson e post|e mail address|email address|emails|e mails|contact email|contact e mail|"
        "email of contact"
    ),
    Column.PHONE: (
        "puhelin|puhelinnumero|puhelinnro|puh|puh nro|puh nr|gsm|matkapuhelin|kännykkä|puhelimet|"
        "yhteyshenkilön puhelin|yhteyshenkilön puhelinnumero|yhteyshenkilö puhelin|yrittäjän puhelin|"
        "edustajan puhelin|"
        "telefon|telefonnummer|tel|tfn|tel nr|mobil|mobiltelefon|mobilnummer|kontaktpersonens telefon|"
        "kontaktperson telefon|phone|phone number|phones|telephone|telephone number|"
        "mobile|mobile phone|cell|"
        "contact phone"
    ),
    Column.ROLE: (
        "rooli|tehtävä|tehtävänimike|titteli|asema|asema yrityksessä|nimike|ammatti|"
        "roll|uppgift|titel|befattning|ställning|yrkestitel|role|title|job title|position|function"
    ),
}
_MEANING = {words: column for column, listed in _SYNONYMS.items() for words in listed.split("|")}
_NAME = {"nimi", "nimet", "namn", "name"}
_TELLS_COMPANY = {
    Column.BUSINESS_ID, Column.MUNICIPALITY, Column.HEAD_COUNT, Column.INDUSTRY, Column.PERSON,
    Column.WEBSITE, Column.FIRST_NAME, Column.LAST_NAME, Column.ADDRESS,
}  # fmt: skip


def understand_company_heading(row: Row) -> tuple[Columns, tuple[str, ...]] | None:
    """Return {(column, slot): index} and the headings not understood; None when no company is named.

    A column that comes again ("E-mail", "Phone", "E-mail", "Phone") is about the row's next person. "Name"
    is the contact's where another column names the company, else it is the company's.
    """
    columns: Columns = {}
    unknown: list[str] = []
    names: list[tuple[int, int]] = []
    for index, cell in enumerate(row.cells):
        words, number = heading_words(cell)
        column = _MEANING.get(words)
        if words in _NAME:
            names.append((index, number))
        elif column is None or not _place(columns, column, number, index):
            unknown += [cell] if cell else []
    unknown += _place_names(columns, names, row)
    return (columns, tuple(unknown)) if (Column.COMPANY, 0) in columns else None


def _place(columns: Columns, column: Column, number: int, index: int) -> bool:
    """Give the column its place; False when a company has that already."""
    if column not in OF_PEOPLE:
        return columns.setdefault((column, 0), index) == index
    slot = number or 1
    while (column, slot) in columns:
        slot += 1
    columns[column, slot] = index
    return True


def _place_names(columns: Columns, names: list[tuple[int, int]], row: Row) -> list[str]:
    """Decide whose the columns headed only "Name" are; return the headings of those that are nobody's."""
    if names and (Column.COMPANY, 0) not in columns:
        if not {c for c, _ in columns} & _TELLS_COMPANY:
            return [row.at(index) for index, _ in names]
        columns[Column.COMPANY, 0] = names.pop(0)[0]
    taken = (Column.PERSON, 1) in columns
    for index, number in names if not taken else ():
        _place(columns, Column.PERSON, number, index)
    return [row.at(index) for index, _ in names] if taken else []


_TEMPLATE = {
    "fi": (
        "yritykset.csv",
        (
            "Yritys;Y-tunnus;Kunta;Osoite;Henkilöstö;Toimiala;Kieli;Kotisivut;Tilat;"
            "Yhteyshenkilö;Tehtävä;Sähköposti;Puhelin"
        ),
    ),
    "sv": (
        "foretag.csv",
        (
            "Företag;FO-nummer;Kommun;Adress;Antal anställda;Bransch;Språk;Webbplats;Lokaler;"
            "Kontaktperson;Uppgift;E-post;Telefon"
        ),
    ),
    "en": (
        "companies.csv",
        (
            "Company;Business ID;Municipality;Address;Employees;Industry;Language;Website;Premises;"
            "Contact person;Role;E-mail;Phone"
        ),
    ),
}


def template_file(language: str) -> tuple[str, bytes]:
    """Return name and content of an empty table in a language, as a spreadsheet of the north opens it."""
    name, headings = _TEMPLATE.get(language, _TEMPLATE["en"])
    return name, b"\xef\xbb\xbf" + f"{headings}\r\n".encode()
