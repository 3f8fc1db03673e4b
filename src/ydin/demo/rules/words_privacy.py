"""Words of the sample network about personal data. Invented."""

from __future__ import annotations

NOTICE = {
    "fi": (
        "Pohjoisen yliopisto ja alueiden kehitysyhtiöt ovat yhteisrekisterinpitäjiä. Kehitysyhtiö vastaa oman "
        "ryhmänsä yrityksistä, kutsuista ja osallistujalistoista. Yliopisto vastaa sivustosta, raporteista ja "
        "tutkimuksesta. Voit kääntyä kumman tahansa puoleen."
    ),
    "sv": (
        "Nordens universitet och regionernas utvecklingsbolag är gemensamt personuppgiftsansvariga. "
        "Utvecklingsbolaget ansvarar för sin grupps företag, inbjudningar och deltagarlistor. Universitetet "
        "ansvarar för webbplatsen, rapporterna och forskningen. Du kan vända dig till vem som helst av dem."
    ),
    "en": (
        "The university and the regions' development companies are joint controllers. A development company answers "
        "for its group's companies, invitations and attendance lists. The university answers for the site, the "
        "reports and the research. You may turn to either of them."
    ),
}
CONTACT = "tietosuoja@pohjoinen.example"
NAMED_FULLY = "{name} kertoi, mitä kassajärjestelmän vaihto maksoi ja mitä hän tekisi nyt toisin."
NAMED_AGAIN = "{name} lupasi kysyä samaa tilitoimistoltaan."
ERASED = "Taavetti Suorsa"
CORRECTION = (
    "Olin paikalla viime illassa, mutta minua ei ole osallistujalistassa. Tulin vasta puoli seitsemältä."
)
CORRECTION_LATE = "Yrityksemme nimi on muuttunut viime kuussa. Uusi nimi näkyy jo kaupparekisterissä."
GLASS_REASON = (
    "Jäsen pyysi tarkistamaan, näkyykö muistiossa hänen asiakkaansa nimi. Sovittu koordinaattorin kanssa."
)
