"""Whom a public text of an evening must not name unless they agreed."""

from __future__ import annotations

from ydin.meetings.models import Attendance, Meeting
from ydin.meetings.queries.evening import companies_ever, people_ever
from ydin.meetings.rules.evening_names import Candidate


def candidates_of(meeting: Meeting) -> list[Candidate]:
    """Return the companies that have or had a seat in the group, their people, and the evening's visitors."""
    companies = companies_ever(meeting.group)
    found = [Candidate(one.pk, one.name, is_person=False) for one in companies]
    found += [Candidate(a.enterprise_id, a.person.name, is_person=True) for a in people_ever(companies)]
    others = Attendance.objects.filter(meeting=meeting).exclude(enterprise__in=companies)
    for one in others.select_related("enterprise", "person").order_by("pk"):
        company = one.enterprise.name if one.enterprise else one.company
        found.append(Candidate(one.enterprise_id, company, is_person=False))
        found.append(Candidate(one.enterprise_id, one.name, is_person=True))
    return list(dict.fromkeys(one for one in found if one.name.strip()))
