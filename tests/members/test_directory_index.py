"""The directory's index follows what members do: at once, whoever changes what at the same time, and after trouble."""

import json
import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from communities.operations.groups import archive, reopen
from communities.operations.membership import join, leave
from members.models import DirectoryEntry, DirectoryIndex, DirectoryStale, Level, Member
from members.operations import directory, levels
from members.operations.directory_rebuild import rebuild
from members.operations.profile import choose_persona, save_profile
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.members import MemberFactory, PersonaFactory, VerbFactory
from tests.members.people import counts, holds, knows, names, person


def index() -> dict[tuple[str, str], set[int]]:
    """Everybody in each set that is not empty."""
    return {(row.kind, row.value): set(BitMap.deserialize(bytes(row.members))) for row in
            DirectoryIndex.objects.filter(size__gt=0)}  # fmt: skip


def built_anew() -> dict[tuple[str, str], set[int]]:
    rebuild()
    return index()


def at_once(*acts):
    """Do all these at the same moment, each in a thread with its own connection; re-raises what went wrong."""
    barrier, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(20)
            act()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []


@pytest.mark.django_db
def test_a_rebuild_repeats_without_change_and_says_what_it_mended():
    knows(person("Kim Nowak", town="Kiel"), "ansible", 2)

    first, again = rebuild(), rebuild()
    DirectoryIndex.objects.filter(kind="word", value="kiel").update(members=BitMap().serialize(), size=0)
    DirectoryIndex.objects.create(kind="word", value="ghost", members=BitMap([1]).serialize(), size=1)
    mended = rebuild()

    assert (first.members, first.sets, first.mended) == (1, 8, 8)
    assert (again.sets, again.mended) == (8, 0)
    assert mended.mended == 2
    assert ("word", "ghost") not in index()


@pytest.mark.django_db
def test_the_command_reports_as_json_and_a_dry_run_writes_nothing(capsys):
    person("Kim")

    call_command("rebuild_directory", json=True, dry_run=True)

    assert json.loads(capsys.readouterr().out) == {"members": 1, "sets": 3, "mended": 3}
    assert not DirectoryIndex.objects.exists()

    call_command("rebuild_directory")

    assert capsys.readouterr().out == "1 people in the directory, 3 sets, 3 of them were not up to date\n"


@pytest.mark.django_db
def test_a_refresh_looks_only_at_members_who_are_noted_and_takes_the_notes_away():
    one, other = person("One"), person("Other")
    directory.mark([one.pk, one.pk])

    looked_at = directory.refresh([one.pk, other.pk])

    assert looked_at == 1
    assert index()["all", ""] == {one.pk}
    assert not DirectoryStale.objects.exists()


@pytest.mark.django_db
def test_a_sweep_works_through_all_notes_and_forgets_members_who_are_gone():
    people = [person(f"Person {number}") for number in range(7)]
    rebuild()
    Member.objects.filter(pk=people[0].pk).delete()
    directory.mark([one.pk for one in people])

    assert directory.sweep() == 7
    assert directory.sweep() == 0
    assert index() == built_anew()
    assert people[0].pk not in index()["all", ""]


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_leaves_no_note(django_capture_on_commit_callbacks):
    one = person("One")

    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        directory.touch(one.pk)
        transaction.set_rollback(True)

    assert callbacks == []
    assert not DirectoryStale.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_everything_a_member_does_is_found_right_away():
    viewer = MemberFactory(in_directory=False)
    client = Client()
    client.force_login(viewer)
    one = person("Kim", persona=None)
    for verb in ("place-chosen", "community-joined"):
        VerbFactory(slug=verb)
    community, level = CommunityFactory(slug="sre"), Level.objects.create(slug="mentor", order=3, title="Mentor")
    persona = PersonaFactory(slug="kim")

    save_profile(one, {"town": "Kiel", "languages": ["nl"], "hours_per_week": 4, "open_to_mentor": True}, by=one)
    choose_persona(one, persona, by=one)
    join(community, by=one)
    levels.award(level, to=one, by=viewer, reason="Helps")
    queries = ("?q=kiel", "?language=nl", "?hours=4", "?open=mentor", "?persona=kim", "?community=sre", "?level=mentor")
    found = {query: names(client, query, anew=False) for query in queries}
    assert found == {query: ["Kim"] for query in queries}

    leave(community, by=one)
    save_profile(one, {"languages": ["de"], "paused_until": date(2999, 1, 1)}, by=one, audiences={"town": "me"})
    found = {query: names(client, query, anew=False) for query in queries}
    gone = ("?q=kiel", "?language=nl", "?hours=4", "?open=mentor", "?community=sre")
    assert found == {query: [] if query in gone else ["Kim"] for query in queries}
    assert index() == built_anew()


@pytest.mark.django_db(transaction=True)
def test_a_member_who_hides_is_at_once_in_no_page_count_filter_or_search():
    viewer = MemberFactory(in_directory=False)
    client = Client()
    client.force_login(viewer)
    people = [person(f"Kim {number}", languages=["nl"], town="Kiel") for number in range(5)]
    rebuild()

    save_profile(people[0], {"in_directory": False}, by=people[0])

    assert len(names(client, "", anew=False)) == len(names(client, "?q=kiel", anew=False)) == 4
    assert counts(client, "", "language") == {"nl": 4}
    assert "few" in client.get("/members/").content.decode()
    assert people[0].pk not in set().union(*index().values())


@pytest.mark.django_db(transaction=True)
def test_closing_and_opening_a_community_takes_it_out_of_the_filters_and_back_with_the_next_sweep():
    one = person("Kim")
    community = CommunityFactory(slug="sre")
    MembershipFactory(community=community, member=one)
    rebuild()

    archive(community)
    directory.sweep()
    closed = index()
    reopen(community)
    directory.sweep()

    assert ("community", "sre") not in closed
    assert index()["community", "sre"] == {one.pk}


@pytest.mark.django_db
def test_a_new_title_is_shown_without_building_anew(member_client):
    one = holds(knows(person("Kim"), "ansible", 3), "mentor")
    rebuild()

    directory.retitle("skill", "ansible", "Ansible and AWX")
    directory.retitle("level", "mentor", "Guide")

    page = member_client.get("/members/?skill=ansible&level=mentor").content.decode()
    assert "Ansible and AWX" in page
    assert "Guide" in page
    assert set(index()["skill", "ansible@3"]) == {one.pk}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_changes_of_different_members_at_once_lose_nothing():
    VerbFactory(slug="community-joined")
    communities = CommunityFactory.create_batch(3)
    people = [person(f"Kim {number}", languages=["en"]) for number in range(24)]
    rebuild()

    def change(one, number):
        for turn in range(3):
            save_profile(
                one, {"languages": [["nl"], ["nl", "de"], ["en"]][(number + turn) % 3], "town": f"Town{turn}",
                      "in_directory": (number + turn) % 4 != 0}, by=one,
            )  # fmt: skip
            join(communities[turn], by=one)

    at_once(*(lambda one=one, number=number: change(one, number) for number, one in enumerate(people)))

    assert not DirectoryStale.objects.exists()
    assert index() == built_anew()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_changes_of_one_member_at_once_end_as_the_last_one_says():
    one = person("Kim")
    rebuild()

    at_once(*(lambda n=n: save_profile(one, {"town": f"Town{n}", "hours_per_week": n}, by=one) for n in range(24)))

    town = Member.objects.get(pk=one.pk).town.lower()
    assert {value for kind, value in index() if kind == "word" and value.startswith("town")} == {town}
    assert index() == built_anew()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_changes_while_everything_is_built_anew_are_found_by_the_next_sweep():
    people = [person(f"Kim {number}") for number in range(20)]

    at_once(
        *(lambda n=n: save_profile(people[n], {"town": f"Town{n}"}, by=people[n]) for n in range(20)),
        *([rebuild] * 3), *([directory.sweep] * 3),
    )  # fmt: skip
    directory.sweep()

    assert {f"town{n}" for n in range(20)} <= {value for kind, value in index() if kind == "word"}
    assert index() == built_anew()


@pytest.mark.django_db(transaction=True)
def test_a_change_whose_refresh_never_ran_is_found_by_the_sweep():
    one = person("Kim", town="Kiel")
    rebuild()
    Member.objects.filter(pk=one.pk).update(town="Porto")
    directory.mark([one.pk])  # the process ended right after its commit

    directory.sweep()

    assert index()["word", "porto"] == {one.pk}
    assert ("word", "kiel") not in index()
    assert DirectoryEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_page_reads_a_set_again_only_when_it_has_changed(member_client):
    one = person("Kim", languages=["nl"])
    rebuild()

    def visit():
        with CaptureQueriesContext(connection) as seen:
            found = names(member_client, "?language=nl", anew=False)
        return found, sum('"members_directoryindex"."members"' in query["sql"] for query in seen)

    first, again = visit(), visit()
    Member.objects.filter(pk=one.pk).update(languages=["de"])
    directory.mark([one.pk])
    directory.sweep()

    assert (first, again, visit()) == ((["Kim"], 1), (["Kim"], 0), ([], 1))
