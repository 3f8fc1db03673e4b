"""Why a row of a table is refused, flagged, or read otherwise than it stands. Words: `services`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int


class Code(StrEnum):
    """A reason, in the order in which they matter to the reader of a preview."""

    NO_COMPANY = "no_company"
    TOO_LONG = "too_long"
    BAD_BUSINESS_ID = "bad_business_id"
    ID_OF_ANOTHER_ROW = "id_of_another_row"
    ID_OF_ANOTHER_COMPANY = "id_of_another_company"
    SAME_AS_ROW = "same_as_row"
    SEVERAL_OF_THE_NAME = "several_of_the_name"
    NOT_YOURS_TO_ADD_PEOPLE = "not_yours_to_add_people"
    NOT_YOURS_TO_CHANGE = "not_yours_to_change"
    NOT_MICRO = "not_micro"
    CHANGES = "changes"
    NEW_PERSON = "new_person"
    GETS_SEAT = "gets_seat"
    PERSON_WITHOUT_EMAIL = "person_without_email"
    PHONE_WITHOUT_EMAIL = "phone_without_email"
    BAD_EMAIL = "bad_email"
    NAMES_UNCLEAR = "names_unclear"
    NAME_KEPT = "name_kept"
    ROW_DIFFERS = "row_differs"
    ROW_REPEATS = "row_repeats"
    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    OTHER_ID_SAME_NAME = "other_id_same_name"
    NO_CODE = "no_code"
    NO_NAME = "no_name"
    OTHER_REGION = "other_region"


@dataclass(frozen=True)
class Reason:
    """A code and what its words are about."""

    code: Code
    values: dict[str, Value] = field(default_factory=dict)


def reason(code: Code, /, **values: Value) -> Reason:
    """Return a reason with its values."""
    return Reason(code, values)
