"""Whoever runs the program is no reader: no admin, no flag, no command that reads past the rights."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from tests.permissions import world as secrets
from tests.permissions.world import World
from tests.security.places import PACKAGE, ask, places, routes

from ydin.cli import BAD_ARGUMENTS, PAST_ALL_RIGHTS, main
from ydin.kernel.acting import WEB_ROLE, acting_as
from ydin.meetings.models import Memo
from ydin.networks.models import RoleAssignment
from ydin.people.models import Person

SAID = (secrets.MEMO, secrets.PROMISE, secrets.COMMENT, secrets.WISH)


def test_there_is_no_admin_site() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not [route for route in routes() if "admin" in route]
    assert "admin" not in get_resolver().namespace_dict


def test_no_person_has_a_flag_that_opens_everything() -> None:
    names = {field.name for field in get_user_model()._meta.get_fields()}
    assert names.isdisjoint({"is_staff", "is_superuser", "user_permissions", "groups"})
    assert not hasattr(Person.objects, "create_superuser")
    assert not hasattr(Person(), "has_perm")


def test_what_is_suggested_while_typing_is_known() -> None:
    """A list that completes what one types tells what is in it: a new one is looked at, whose rows it shows."""
    found = {p.name for p in PACKAGE.rglob("*.html") if "<datalist" in p.read_text()}
    assert found == {"time_zones.html", "municipalities.html"}


def test_nothing_but_tables_is_taken_as_a_file() -> None:
    """Whoever adds a picture: type by content, a bound for its size, encoded anew, no SVG."""
    takes = re.compile(r"\b(File|Image)Field\(|request\.FILES")
    found = {p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py") if takes.search(p.read_text())}
    assert {
        f for f in found if not f.startswith(("ui/catalogue", "networks/", "groups/views/imports"))
    } == set()


@pytest.mark.slow
def test_whoever_has_every_role_outside_the_group_reads_nothing_that_is_said(world: World) -> None:
    """The network's coordinator, also of the other network, opens each address, and reads none of it."""
    everywhere = world.ours.national
    for role in RoleAssignment.objects.filter(person=world.roles["its national"]):
        role.pk, role.person = None, everywhere
        role.save()
    client = Client(HTTP_ACCEPT_LANGUAGE="en", raise_request_exception=False)
    client.force_login(everywhere)
    faults, opened = [], 0
    for route, address in places(world).items():
        if "token" in route or route.startswith(("ui/", "demo/", "outbox/", "accounts/")):
            continue
        status, text, _answer = ask(client, "get", address)
        opened += status == 200
        faults += [f"/{route}: {secret}" for secret in SAID if secret in text]
    assert not faults, "\n".join(faults)
    assert opened > 60
    with acting_as(everywhere.pk):
        assert not Memo.objects.exists()


@pytest.mark.django_db
def test_the_sites_own_role_goes_around_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname from pg_roles where rolname like 'ydin%%' and rolname <> current_user"
            " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"
        )
        assert cursor.fetchall() == []
        cursor.execute("select tablename from pg_tables where tableowner = %s", [WEB_ROLE])
        assert cursor.fetchall() == [], "an owner of a table is not held by its policies"


@pytest.mark.parametrize("name", sorted(PAST_ALL_RIGHTS))
def test_no_command_reads_past_the_rights(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manage", name]) == BAD_ARGUMENTS
    assert "is not offered" in capsys.readouterr().err
