"""What the catalogue shows: every part of the design system, what it is for and what it owes to every reader.

The example of a part is `templates/ui/catalogue/<slug>.html`; the page shows it and its source, so that the code
one copies is the code one sees.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """One page of the catalogue. `styles` and `templates` name files of css/components and components."""

    slug: str
    title: Words
    says: Words
    access: Words
    styles: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()


FOUNDATIONS: Final = (
    Part(
        "colours",
        _("Colours"),
        _("Spruce acts, cloudberry marks what is now, the rest is paper. One name, two schemes."),
        _(
            "A test computes the contrast of every pair in use. Colour never stands alone; a word says the same."
        ),
        ("tokens",),
    ),
    Part(
        "type",
        _("Type and space"),
        _(
            "Headings in the reader's own serif, text in their own sans. A few steps of size; no font is fetched."
        ),
        _(
            "Sizes are in rem, so that they grow with the reader's own setting. Long Finnish words break at a hyphen."
        ),
        ("tokens", "text"),
    ),
    Part(
        "icons",
        _("Icons"),
        _("Drawn into the page from the lucide set. An icon stands beside a word, not instead of it."),
        _("Hidden from screen readers unless it carries a meaning of its own; then it says it in words."),
        ("text",),
    ),
    Part(
        "logo",
        _("The mark"),
        _(
            "A year around a core, one month of it now. Favicon and touch icon are drawn from the same points."
        ),
        _("Decoration beside the name, so a screen reader hears the name only."),
        ("logo",),
        ("logo",),
    ),
    Part(
        "voice",
        _("Voice"),
        _("One voice for errors, refusals and empty pages: what happened, what was kept, what to do next."),
        _("Short sentences are read aloud well. No blame, no codes, no capital letters."),
    ),
)
ACTING: Final = (
    Part(
        "button",
        _("Button"),
        _("One primary button a page. A verb, and what it acts on: Send to all, Cancel the evening."),
        _(
            "At least 36 px high. What goes elsewhere is a link, what changes something is a button in a form."
        ),
        ("button",),
        ("button",),
    ),
    Part(
        "field",
        _("Field with help and error"),
        _(
            "Label above, help below it, the error in words that say what to do. Fields that may stay empty say so."
        ),
        _(
            "Label, help and error belong to the control. The list of errors takes the focus and leads to each field."
        ),
        ("field", "error_summary"),
        ("field", "field_notes", "form_errors"),
    ),
    Part(
        "choice",
        _("Choice card"),
        _("A large answer that is the submit button itself, with its consequence in small print."),
        _("The present answer is pressed for a screen reader and has a word, not a colour alone."),
        ("choice",),
        ("choice",),
    ),
    Part(
        "filter",
        _("Filter"),
        _("One line of fields above a list; its address can be shared."),
        _("A search landmark; the button is there without script too."),
        ("filter",),
    ),
    Part(
        "dialog",
        _("Dialog"),
        _(
            "For the one question before something that many people will notice. Names what happens, and to whom."
        ),
        _(
            "The browser's own dialog: Escape closes it, focus stays inside and returns. It opens without script too."
        ),
        ("dialog",),
        ("dialog",),
    ),
    Part(
        "toast",
        _("Message"),
        _(
            "Says once what was done. It stays until the next page; nothing disappears while it is being read."
        ),
        _("A status is read when the reader pauses, an error at once."),
        ("toast",),
        ("toast", "flashes"),
    ),
    Part(
        "conflict",
        _("Two people at once"),
        _("When somebody was quicker: what you typed beside what is there now. Nothing is lost."),
        _("Both texts have a heading; the order is yours first."),
        ("conflict",),
    ),
)
WORDS: Final = (
    Part(
        "badge",
        _("State badge"),
        _("The state of a thing in one or two words, always the same colour for the same kind of state."),
        _("The word carries the state; the colour only helps to find it."),
        ("badge",),
        ("badge",),
    ),
    Part(
        "audience",
        _("Audience label"),
        _("Stands at everything that somebody wrote: who can read this. With names it opens to the list."),
        _("The eye is decoration; the sentence says it all. The list opens by keyboard."),
        ("audience",),
        ("audience",),
    ),
    Part(
        "avatar",
        _("Avatar of a company"),
        _("Two letters of the name in a colour that stays. Also several of them in a row."),
        _("Hidden from screen readers: the name or the number stands beside it."),
        ("avatar",),
        ("avatar", "seats"),
    ),
    Part(
        "facts",
        _("Facts"),
        _("When, where, who: a list of terms for what one looks up."),
        _(
            "A description list: each fact is read with its term. On a narrow screen they stand under one another."
        ),
        ("text",),
    ),
    Part(
        "empty",
        _("Empty page"),
        _("Says what will be here and offers the first step. One line, one button."),
        _("A heading like any other; the picture is decoration."),
        ("empty",),
        ("empty",),
    ),
)
LISTS: Final = (
    Part(
        "card",
        _("Card"),
        _("A thing that could be moved or closed as a whole. Not a frame around every paragraph."),
        _("An article with a heading of its own."),
        ("card",),
    ),
    Part(
        "table",
        _("Table that becomes cards"),
        _("Rows to compare at a desk; on a phone each row is a card with its labels."),
        _("A real table with a caption and row headings; the cards repeat each column's label."),
        ("table",),
        ("table",),
    ),
    Part(
        "season",
        _("Season board"),
        _("The months of a season: host, state, who comes, and why it was proposed so."),
        _("A table like any other; the present month is marked by its badge, not by its ground alone."),
        ("table",),
    ),
    Part(
        "date-list",
        _("Date list"),
        _("Evenings under one another, the day first, large."),
        _("Each day is a time element with the whole date; the heading is the link."),
        ("date_list", "day"),
        ("date_list", "day"),
    ),
    Part(
        "month-grid",
        _("Month view"),
        _("A month as weeks; on a phone only the days that have something."),
        _("A table with weekdays as headings; today is marked in words for a screen reader."),
        ("month_grid",),
        ("month_grid",),
    ),
    Part(
        "todo",
        _("What needs me"),
        _("A sentence a row, the decision already drafted, one button to do it."),
        _("A list; the state of each row is its first word."),
        ("todo",),
    ),
    Part(
        "said",
        _("Text in another language"),
        _("What a network wrote in one language only: shown all the same, and named."),
        _("The text carries its language, so that a screen reader says it right."),
        (),
        ("said",),
    ),
    Part(
        "agenda",
        _("Agenda"),
        _("Times and what happens then; during the evening the present item stands out."),
        _("Times line up; the list is read in order."),
        ("agenda", "evening"),
    ),
)
PICTURES: Final = (
    Part(
        "map",
        _("Map"),
        _(
            "Places on their country, numbered as in the list beside it. Drawn on the server, nothing is fetched."
        ),
        _(
            "The list tells the same. Each place is a link with its name; circles keep apart, so that each can be hit."
        ),
        ("map",),
        ("map", "map_box", "map_scripts"),
    ),
    Part(
        "partners",
        _("Who works with whom"),
        _(
            "Companies as dots, what they do together as lines. Who is not named to the reader is a small dot."
        ),
        _("The drawing has a name; the table beside it says the same."),
        ("partners",),
        ("partners",),
    ),
    Part(
        "lineage",
        _("How it spread"),
        _("An experiment and those who tried it too, with what came of each."),
        _("The drawing has a name and scrolls by key; the table below says the same."),
        ("lineage", "behind"),
        ("lineage",),
    ),
    Part(
        "year-ring",
        _("Year ring"),
        _(
            "A group's year: a month a segment, the host's initials in it. Past, now, coming, host missing, month off."
        ),
        _("The picture has a name; the same figures stand in a table that opens below it."),
        ("year_ring", "behind"),
        ("year_ring", "year_table"),
    ),
    Part(
        "month-strip",
        _("Month strip"),
        _("The same year in one line, three lines on a phone."),
        _("An ordered list: each month says its host and its state in words."),
        ("month_strip",),
        ("month_strip",),
    ),
    Part(
        "attendance",
        _("Attendance"),
        _("One upright a seat: full for those who come, half for maybe, a stub for the rest."),
        _("The sentence below says the same; without it the drawing has a name."),
        ("attendance",),
        ("attendance",),
    ),
    Part(
        "progress",
        _("Progress"),
        _("How much of a known whole is done: 14 of 25. Long work may be left and found again."),
        _("A progress bar with its name and figures; the figures stand beside it too."),
        ("progress",),
        ("progress",),
    ),
    Part(
        "chart",
        _("Small charts"),
        _("Bars to compare, a line for time. Drawn on the server, no script."),
        _("Every chart has its figures in a table behind it."),
        ("chart", "behind"),
        ("bar_chart", "sparkline"),
    ),
)
FRAME: Final = (
    Part(
        "steps",
        _("Steps"),
        _("Where one is in a task of a few pages. Each step is saved; earlier ones can be opened again."),
        _("An ordered list; the present step is marked, done ones say so."),
        ("steps",),
        ("steps",),
    ),
    Part(
        "tabs",
        _("Tabs"),
        _("Views of the same list. They are links, each with its own address."),
        _("A navigation with a name; the present one is marked."),
        ("tabs",),
        ("tabs",),
    ),
    Part(
        "pagination",
        _("Pages"),
        _("Older and newer, and where one is. The other parts of the address are kept."),
        _("A navigation with a name; no endless scrolling."),
        ("pagination",),
        ("pagination",),
    ),
    Part(
        "menu",
        _("Menu"),
        _("What belongs to the person, and rarer actions of a row."),
        _("The browser's own details: it opens by Enter, closes by Escape, and needs no script."),
        ("menu",),
        ("person_menu",),
    ),
    Part(
        "masthead",
        _("Head and foot of a page"),
        _("The mark, three or four ways to go, the languages, and who is signed in."),
        _("A link to skip to the content comes first; the present page is marked."),
        ("masthead", "languages", "footer"),
        ("languages", "footer"),
    ),
)
FAMILIES: Final[tuple[tuple[str, Words, tuple[Part, ...]], ...]] = (
    ("foundations", _("Foundations"), FOUNDATIONS),
    ("acting", _("Choosing and acting"), ACTING),
    ("words", _("Words and marks"), WORDS),
    ("lists", _("Lists and tables"), LISTS),
    ("pictures", _("Pictures"), PICTURES),
    ("frame", _("Around the page"), FRAME),
)
PARTS: Final[dict[str, Part]] = {part.slug: part for _slug, _title, parts in FAMILIES for part in parts}
