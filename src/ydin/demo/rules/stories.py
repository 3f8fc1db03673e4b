"""What the sample network tells everybody: stories by the key of an experiment, or of what two companies do. Pure."""

from __future__ import annotations

from ydin.partnerships.rules import Together

PUBLISHED, ASKED = "calls", "photos"
"""Of which experiment there is a published story, and of which one that waits for the company's yes."""

TRANSLATED = {
    "sv": (
        "Tre samtal på måndagar gav sex beställningar",
        (
            "Jag var nervös för att ringa gamla kunder. På kärngruppens kväll lovade jag att pröva en månad: tre "
            "samtal varje måndag före kaffet.\n\nSex beställde genast. Flera tackade för att någon kom ihåg dem. Nu "
            "är det en vana, och den kostar ingenting."
        ),
    ),
    "en": (
        "Three calls on Mondays brought six orders",
        (
            "I was nervous about calling old customers. At an evening of the core group I promised to try it for a "
            "month: three calls every Monday before coffee.\n\nSix ordered at once. Several thanked me for remembering "
            "them. Now it is a habit, and it costs nothing."
        ),
    ),
}
"""The published story's heading and text, as the coordinator put them into the other languages."""

ADDED = {
    Together.SUPPORT: {
        "fi": "Kun toisen pakettiauto hajosi, toinen ajoi kuorman perille. Vastapalvelus tuli viikon päästä. Laskua "
        "ei kirjoittanut kumpikaan.",
        "sv": "När den enas skåpbil gick sönder körde den andra lasset fram. En vecka senare kom gentjänsten. Ingen "
        "skrev någon faktura.",
        "en": "When the van of one broke down, the other drove the load. A week later the favour was returned. Neither "
        "wrote a bill.",
    },
    Together.SALES: {
        "fi": "Ensimmäinen kauppa syntyi illan jälkeen kahvikupin ääressä. Nyt he lähettävät asiakkaitaan toisilleen.",
        "sv": "Den första affären gjordes över en kopp kaffe efter kvällen. Nu skickar de kunder till varandra.",
        "en": "The first deal was made over a cup of coffee after the evening. Now they send one another customers.",
    },
    Together.MARKETING: {
        "fi": "He jakoivat messuosaston ja sen vuokran. Kumpikin tapasi ihmisiä, joita ei olisi yksin tavannut.",
        "sv": "De delade på en mässmonter och hyran för den. Båda träffade människor som de inte hade träffat ensamma.",
        "en": "They shared a stand at a fair, and its rent. Both met people whom they would not have met alone.",
    },
    Together.PROJECT: {
        "fi": "Kumpikaan ei olisi saanut työtä yksin. Tarjouksen he tekivät yhdessä pöydän ääressä, yhdessä illassa.",
        "sv": "Ingendera hade fått jobbet ensam. Offerten gjorde de tillsammans vid köksbordet, på en kväll.",
        "en": "Neither would have got the job alone. They wrote the offer together at the table, in one evening.",
    },
    Together.RECRUITMENT: {
        "fi": "Kaksi puolikasta työtä on yksi kokonainen: nyt heillä on yhteinen työntekijä.",
        "sv": "Två halva jobb blir ett helt: nu har de en gemensam anställd.",
        "en": "Two half jobs make a whole one: now they share an employee.",
    },
    Together.PURCHASE: {
        "fi": "Kun tilaa kahdelle, saa paremman hinnan, ja pakettiauto kulkee täytenä.",
        "sv": "Den som beställer för två får ett bättre pris, och skåpbilen går full.",
        "en": "Whoever orders for two gets a better price, and the van drives full.",
    },
}
"""What the coordinator wrote under the draft of a story of two companies, by what they do and language."""
