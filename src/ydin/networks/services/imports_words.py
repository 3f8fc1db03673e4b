"""The words of a preview: actions, reasons and faults of a file, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ydin.networks.rules.reasons import Code, Reason
from ydin.networks.rules.tables import MOST_BYTES, MOST_ROWS, Fault

FIELDS: Mapping[str, Promise] = {
    "business_id": _("business ID"),
    "municipality": _("municipality"),
    "address": _("address"),
    "head_count": _("number of people"),
    "industry_code": _("industry code"),
    "languages": _("languages"),
    "website": _("website"),
    "premises_capacity": _("room for guests"),
    "description": _("description"),
    "name": _("name"),
    "title": _("role"),
    "phone": _("phone"),
    "name_fi": _("name in Finnish"),
    "name_sv": _("name in Swedish"),
    "name_en": _("name in English"),
    "nuts_code": _("NUTS code"),
    "nuts_version": _("NUTS version"),
    "parent": _("region"),
    "sub_region": _("sub-region"),
}
REASONS: Mapping[Code, Promise] = {
    Code.NO_COMPANY: _("The row names no company, and there is none above it."),
    Code.TOO_LONG: _("The column “%(column)s” has more than %(most)s characters."),
    Code.BAD_BUSINESS_ID: _("“%(id)s” is not a business ID: its check digit or its length is wrong."),
    Code.ID_OF_ANOTHER_ROW: _("The business ID %(id)s belongs to %(company)s on row %(row)s."),
    Code.ID_OF_ANOTHER_COMPANY: _("The business ID %(id)s belongs to %(company)s in the network."),
    Code.SAME_AS_ROW: _("This is the same company as on row %(row)s."),
    Code.SEVERAL_OF_THE_NAME: _(
        "The network has several companies of this name. Add the business ID or the municipality."
    ),
    Code.NOT_YOURS_TO_ADD_PEOPLE: _(
        "%(email)s is left out: the company also sits in a group that is not yours, so its own people or the "
        "national coordinator add people to it."
    ),
    Code.NOT_YOURS_TO_CHANGE: _(
        "The company also sits in a group that is not yours; what is known of it stays as it is."
    ),
    Code.NOT_MICRO: _("%(count)s people: not a micro-enterprise (fewer than ten)."),
    Code.CHANGES: _("Changes %(field)s: %(old)s → %(new)s"),
    Code.NEW_PERSON: _("New person: %(email)s"),
    Code.GETS_SEAT: _("Gets a seat in %(group)s."),
    Code.PERSON_WITHOUT_EMAIL: _("%(name)s is left out: no e-mail address."),
    Code.PHONE_WITHOUT_EMAIL: _("The phone number %(phone)s is left out: no e-mail address beside it."),
    Code.BAD_EMAIL: _("“%(email)s” is not an e-mail address; the person is left out."),
    Code.NAMES_UNCLEAR: _("Several e-mail addresses, one name: “%(name)s” goes with the first."),
    Code.NAME_KEPT: _("%(email)s keeps the name that is known; the file says “%(told)s”."),
    Code.ROW_DIFFERS: _("Row %(row)s tells another %(field)s; the first one counts."),
    Code.ROW_REPEATS: _("Row %(row)s repeats this company and adds nobody."),
    Code.NOT_UNDERSTOOD: _("“%(text)s” in the column “%(column)s” is not understood and left out."),
    Code.UNKNOWN_MUNICIPALITY: _("The municipality “%(text)s” is not known in the network and left out."),
    Code.OTHER_ID_SAME_NAME: _("Another company of this name has the business ID %(id)s."),
    Code.NO_CODE: _("A code is missing: %(column)s."),
    Code.NO_NAME: _("A name is missing: %(column)s."),
    Code.OTHER_REGION: _("The code %(code)s stands for something else on row %(row)s."),
}
FAULTS: Mapping[Fault, Promise] = {
    Fault.EMPTY: _("The file is empty."),
    Fault.TOO_LARGE: _("The file is larger than %(megabytes)s MB. Split it into smaller ones."),
    Fault.TOO_MANY_ROWS: _("The table has more than %(rows)s rows. Split it into smaller ones."),
    Fault.OLD_EXCEL: _(
        "This is a file of an old or locked Excel. Save it as an Excel workbook (.xlsx) or as CSV."
    ),
    Fault.NOT_A_TABLE: _("This file is not a table. Bring in a CSV or an Excel workbook (.xlsx)."),
    Fault.NO_HEADING: _(
        "No row of the file heads a column with the companies’ names. Name that column “Company”, "
        "for example."
    ),
}
NO_MUNICIPALITIES = _(
    "No row of the file has the headings of a table of municipalities, such as kunta_code and "
    "municipality_name_fi."
)
ACTION_LABELS: Mapping[str, Promise] = {
    "create": _("New"),
    "change": _("Changes"),
    "match": _("Known"),
    "refuse": _("Left out"),
}


def say_reason(why: Reason) -> str:
    """Return the reason as a sentence."""
    values: dict[str, object] = dict(why.values)
    if "field" in values:
        words = str(FIELDS.get(str(values["field"]), values["field"]))
        values["field"] = f"{words} ({values['email']})" if "email" in values else words
    for end in {"old", "new"} & set(values):
        values[end] = values[end] if values[end] != "" else gettext("nothing")
    return str(REASONS[why.code]) % values


def say_fault(fault: Fault) -> str:
    """Return why a file is no table, as a sentence."""
    return str(FAULTS[fault]) % {"megabytes": MOST_BYTES // 1024 // 1024, "rows": MOST_ROWS}
