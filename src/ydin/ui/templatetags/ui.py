"""The components as template tags. docs: the catalogue at /ui/ shows each of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from ydin.ui import bundle, charts, dates, fields, icons, months, ring, text, tokens
from ydin.ui.languages import in_language, plain

register = template.Library()

BADGE_KINDS = {
    "held": "", "accepted": "", "member": "", "coming": "", "done": "", "announced": "", "ok": "",
    "wait": "wait", "asked": "wait", "proposed": "wait", "draft": "wait", "maybe": "wait", "visitor": "wait",
    "waiting": "wait", "submitted": "wait", "invited": "wait",
    "alert": "alert", "declined": "alert", "cancelled": "alert", "swapped": "alert", "not_coming": "alert",
    "absent": "alert", "overdue": "alert",
    "off": "off", "left": "off", "paused": "off", "none": "off", "closed": "off",
    "now": "now", "solid": "solid",
}  # fmt: skip
ANSWER_ICONS = {"yes": "check", "maybe": "circle-question-mark", "no": "minus"}
MONTH_STATES = {
    "past": _("held"),
    "now": _("now"),
    "coming": _("agreed"),
    "open": _("host missing"),
    "off": _("month off"),
}
STATE_ICONS = {"success": "circle-check", "error": "circle-alert", "warning": "triangle-alert"}


@register.simple_tag
def ui_asset(kind: str) -> str:
    """The address of one of the files of the bundle: css, js, htmx, mark, touch."""
    return bundle.ASSETS[kind]().path


@register.simple_tag
def colour(name: str, scheme: tokens.Scheme = "light") -> str:
    """A colour of tokens.css, for the places that no style sheet reaches."""
    return tokens.value(name, scheme)


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    return icons.icon(str(name), size, label)


@register.filter
def flash_icon(tags: str) -> str:
    """The icon of a message of django.contrib.messages, by its tags."""
    return next((STATE_ICONS[tag] for tag in tags.split() if tag in STATE_ICONS), "info")


# ------------------------------------------------------------------ page
@register.inclusion_tag("ui/components/logo.html")
def logo(size: int = 26) -> dict[str, Any]:
    return {"size": size, "dots": ring.mark_dots()}


@register.inclusion_tag("ui/components/languages.html", takes_context=True)
def language_chooser(context: template.Context) -> dict[str, Any]:
    request = context.get("request")
    now = (get_language() or "").split("-")[0]
    back = plain(request.get_full_path()) if request else "/"
    languages = [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "now": code == now,
            "url": in_language(code, back),
        }
        for code, _ in settings.LANGUAGES
    ]
    by_address = bool(context.get("addresses")) and not context.get("person_name")
    return {"languages": languages, "back": back, "by_address": by_address}


# ------------------------------------------------------------------ forms
@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """Show a field with label, help and error.

    `label` and `help` replace those of the form; the rest become attributes.
    """
    return fields.describe(bound, attrs)


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(*several: forms.BaseForm) -> dict[str, Any]:
    """The summary at the top of a page with errors; takes the focus."""
    return {"rows": [row for form in several if form.is_bound for row in fields.summary_of(form)]}


@register.inclusion_tag("ui/components/choice.html")
def choice(name: str, value: Any, title: str, note: str = "", **more: Any) -> dict[str, Any]:
    """A large answer that is a submit button.

    `kind` yes · maybe · no (mark and colour), or `day` a date; `pressed` the present answer; `tick` the word
    shown then; `disabled`.
    """
    kind = more.get("kind", "")
    words = {"name": name, "value": value, "title": title, "note": note}
    return {**words, "icon_name": ANSWER_ICONS.get(kind, ""), **more}


@register.inclusion_tag("ui/components/button.html")
def button(label: str, url: str = "", kind: str = "", icon_name: str = "", **more: Any) -> dict[str, Any]:
    """A link that looks like a button, or without `url` a button that sends its form.

    `kind`: primary (one a page), plain, small, danger, also together; `disabled`.
    """
    return {"label": label, "url": url, "kind": kind, "icon_name": icon_name, "disabled": False, **more}


# ------------------------------------------------------------------ what stands over or above the page
@register.simple_block_tag
def dialog(content: SafeString, key: str, title: str) -> SafeString:
    """A dialog that opens by `<a href="#key" data-open="key">`, without script too."""
    return render_to_string("ui/components/dialog.html", {"content": content, "key": key, "title": title})


@register.inclusion_tag("ui/components/toast.html")
def toast(words: str, kind: str = "info") -> dict[str, Any]:
    """A message above the page: success, info, warning or error."""
    return {"words": words, "kind": kind}


# ------------------------------------------------------------------ lists
@register.inclusion_tag("ui/components/table.html")
def data_table(
    title: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]], words: str = ""
) -> dict[str, Any]:
    """A table of plain cells that becomes cards on a phone; the first cell heads its row.

    A column is its label, or (label, "number") for figures set to the right.
    """
    return {"title": title, "words": words, **text.table_of(columns, rows)}


@register.inclusion_tag("ui/components/date_list.html")
def date_list(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Evenings under one another: starts, tz, title, url, note, badge, state."""
    blank = {"tz": "", "url": "", "note": "", "badge": "", "state": ""}
    return {"rows": [{**blank, **row} for row in rows]}


# ------------------------------------------------------------------ words and marks
@register.inclusion_tag("ui/components/badge.html")
def badge(words: str, state: str = "") -> dict[str, Any]:
    """A small label; the colour follows the state (held, asked, declined, off …)."""
    return {"words": words, "kind": BADGE_KINDS.get(str(state), "")}


@register.inclusion_tag("ui/components/audience.html")
def audience(words: str, names: Sequence[str] = ()) -> dict[str, Any]:
    """Who can read this. With names it opens to the list of them."""
    return {"words": words, "names": names}


@register.inclusion_tag("ui/components/avatar.html")
def avatar(name: str, size: str = "") -> dict[str, Any]:
    return {"initials": text.initials_of(name), "tone": text.tone_of(name), "size": size}


@register.inclusion_tag("ui/components/seats.html")
def seats(names: Sequence[str], most: int = 6) -> dict[str, Any]:
    """A row of overlapping initials; the rest as +N. Decoration: write the number beside it."""
    shown = names if len(names) <= most else names[: most - 1]
    return {"names": shown, "more": len(names) - len(shown)}


@register.filter
def initials(name: str) -> str:
    return text.initials_of(name)


@register.inclusion_tag("ui/components/empty.html")
def empty(title: str, words: str = "", url: str = "", label: str = "", icon_name: str = "") -> dict[str, Any]:
    """What will be here, and the first step."""
    return {"title": title, "words": words, "url": url, "label": label, "icon_name": icon_name}


@register.inclusion_tag("ui/components/steps.html")
def steps(labels: Iterable[Any], current: int) -> dict[str, Any]:
    """Steps of a task: labels or (label, url) pairs; `current` counts from 1."""
    rows = []
    for number, item in enumerate(labels, start=1):
        label, url = item if isinstance(item, (tuple, list)) else (item, "")
        rows.append({"label": label, "url": url, "number": number, "state": _step_state(number, current)})
    return {"rows": rows}


def _step_state(number: int, current: int) -> str:
    if number == current:
        return "now"
    return "done" if number < current else "later"


@register.inclusion_tag("ui/components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    share = min(max(done / total, 0), 1) if total else 0
    return {"width": f"{share * 100:.1f}", "done": done, "total": total, "label": label}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[tuple[str, str, bool]], label: str) -> dict[str, Any]:
    """Tabs that are links: (address, text, current)."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    """Older and newer pages; keeps the other parts of the query."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is not None:
        query.pop("page", None)
    kept = f"&{query.urlencode()}" if query else ""
    return {"page": page, "kept": kept}


# ------------------------------------------------------------------ pictures
@register.inclusion_tag("ui/components/year_ring.html")
def year_ring(segments: Iterable[ring.Segment | Mapping[str, str]], **more: Any) -> dict[str, Any]:
    """The group's year. `label`, `title` and `note` in the middle, `caption`, `size` in pixels, `table`."""
    rows = ring.as_segments(segments)
    size = int(more.get("size", 360))
    words = ring.centre_lines(str(more.get("title", "")), str(more.get("note", "")))
    small = size < 120  # noqa: PLR2004  initials cannot be read below
    return {
        "slices": ring.slices(rows),
        "size": size,
        "small": small,
        "lines": [] if small else words,
        "label": more.get("label", ""),
        "caption": more.get("caption", ""),
        "table": more.get("table", not small),
        "key": more.get("key", "ring"),
    }


@register.inclusion_tag("ui/components/month_strip.html")
def month_strip(segments: Iterable[ring.Segment | Mapping[str, str]], label: str = "") -> dict[str, Any]:
    """The same year as a strip of months; becomes three rows on a phone."""
    return {"segments": ring.as_segments(segments), "label": label}


@register.inclusion_tag("ui/components/month_grid.html")
def month_grid(
    month: dt.date, entries: Iterable[tuple[dt.date, str, str]], label: str, today: dt.date | None = None
) -> dict[str, Any]:
    """A month of (date, address, text); on a phone only the days with something, as a list."""
    return {"weeks": months.weeks(month, entries, today), "label": label}


@register.filter
def month_state(state: str) -> str:
    """The state of a month of the ring in words."""
    return str(MONTH_STATES.get(state, state))


@register.inclusion_tag("ui/components/attendance.html")
def attendance_bars(coming: int, total: int, words: str = "", maybe: int = 0) -> dict[str, Any]:
    """One upright for each seat. `words` say the same; without them the drawing speaks for itself."""
    ticks = charts.attendance_ticks(coming, maybe, total)
    return {
        "ticks": ticks,
        "width": max(10 * len(ticks) - 3, 1),
        "words": words,
        "coming": coming,
        "total": total,
    }


@register.inclusion_tag("ui/components/bar_chart.html")
def bar_chart(points: Sequence[tuple[str, float]], label: str, unit: str = "") -> dict[str, Any]:
    """Horizontal bars of (label, value) with the table behind."""
    drawn = charts.bars(points)
    height = max(len(drawn) * charts.ROW_HEIGHT, 1)
    return {"bars": drawn, "height": height, "label": label, "unit": unit}


@register.inclusion_tag("ui/components/sparkline.html")
def sparkline(points: Sequence[tuple[str, float]], label: str) -> dict[str, Any]:
    """A line over time of (label, value) with the table behind; nothing without points."""
    line = charts.sparkline([value for _, value in points]) if points else None
    return {"line": line, "points": points, "label": label}


# ------------------------------------------------------------------ dates
@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """As "to 4.2." · "tors 4.2" · "Thu 4 Feb"."""
    return dates.day(value) if value else ""


@register.filter
def day_year(value: dt.date | dt.datetime | None) -> str:
    """As "to 4.2.2027" · "tors 4.2.2027" · "Thu 4 Feb 2027"."""
    return dates.day_year(value) if value else ""


@register.filter
def day_time(value: dt.datetime | None) -> str:
    """As "to 4.2.2027 klo 17.30" · "tors 4.2.2027 kl. 17.30" · "Thu 4 Feb 2027, 17:30"."""
    return dates.day_time(value) if value else ""


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    return dates.clock(value) if value else ""


@register.filter
def time_range(start: dt.datetime | None, end: dt.datetime | None) -> str:
    """As "klo 17.30–20.00"."""
    return dates.time_range(start, end) if start else ""


@register.filter
def month_name(value: dt.date | None) -> str:
    return dates.month_name(value) if value else ""


@register.filter
def weekday(value: dt.date | None) -> str:
    return dates.weekday_short(value) if value else ""


@register.filter
def month_short(value: dt.date | None) -> str:
    return dates.month_short(value) if value else ""


@register.simple_tag
def meeting_time(start: dt.datetime, end: dt.datetime | None, tz: ZoneInfo | str) -> str:
    """Day and times in the meeting's own time zone, named when the reader's clock differs."""
    return dates.meeting_time(start, end, tz)


@register.inclusion_tag("ui/components/day.html")
def day_tile(value: dt.date | dt.datetime, tz: str = "") -> dict[str, Any]:
    """The number of the day with weekday and month below."""
    zone = ZoneInfo(tz) if tz else None
    shown = dates.calendar_day(value, zone)
    return {"date": shown, "under": f"{dates.weekday_short(shown)} {dates.month_short(shown)}"}
