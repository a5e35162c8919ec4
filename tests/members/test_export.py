"""The copy of everything that is held about a member: complete, without secrets, and fit to be brought in again."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from communities.models import JoinRequest
from cop.lib.errors import Refused
from members.holdings import holdings
from members.models import Avatar, Endorsement, Kudos, Member, MemberLink, MemberSkill, Notice, Skill
from members.operations import bringing_in
from members.queries.export import archive
from tests.factories.communities import CommunityFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
NAMES = ["member.json", "READ-ME.txt"]


def unpacked(packed: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None
        data: dict[str, Any] = json.loads(file.read("member.json"))
        return data


def packed_with(content: object, name: str = "member.json") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(name, json.dumps(content))
    return made.getvalue()


def full_member() -> Member:
    member = MemberFactory(
        name="Ana Ivanova", headline="Runs platforms", biography="Long story.", languages=["nl", "bg"],
        tools=["Ansible"], hours_per_week=3, audiences={"town": "public"}, sector="public",
    )  # fmt: skip
    MemberLink.objects.create(member=member, title="Blog", url="https://example.org/blog")
    skill = Skill.objects.create(slug="ansible", title="Ansible")
    MemberSkill.objects.create(member=member, skill=skill, claimed=3, wants=4, helps=True)
    return member


def test_every_declared_table_stands_in_the_export_with_its_purpose():
    data = unpacked(archive(full_member()))

    assert set(data["tables"]) == {holding.model for holding in holdings()}
    assert data["tables"]["members.Notice"]["what"] == "Your notices"


def test_rows_that_lead_to_the_member_by_any_path_are_in_the_export():
    member, other = full_member(), MemberFactory(handle="other")
    Kudos.objects.create(by=other, to=member, reason="for the answer")
    skill = Skill.objects.get()
    Endorsement.objects.create(member=other, by=member, skill=skill, level=2, sentence="Good.", shared="x")
    Notice.objects.create(member=other, kind="x", title="not mine", key="k")

    tables = unpacked(archive(member))["tables"]

    assert [(row["by"], row["to"]) for row in tables["members.Kudos"]["rows"]] == [("other", member.handle)]
    assert [row["sentence"] for row in tables["members.Endorsement"]["rows"]] == ["Good."]
    assert tables["members.Notice"]["rows"] == []


def test_no_password_and_no_key_is_in_the_export():
    member = full_member()
    member.set_password("very secret indeed")
    member.save(update_fields=["password"])

    data = unpacked(archive(member))

    account = data["tables"]["members.Member"]["rows"][0]
    assert account["email"] == member.email
    assert "password" not in account
    assert member.password not in json.dumps(data)


def test_the_picture_lies_beside_the_data():
    member = full_member()
    Avatar.objects.create(member=member, image=b"RIFF", etag="1")

    with zipfile.ZipFile(io.BytesIO(archive(member))) as file:
        assert sorted(file.namelist()) == sorted([*NAMES, "picture.webp"])
        assert file.read("picture.webp") == b"RIFF"


def test_the_command_writes_a_zip_that_parses(tmp_path):
    member = full_member()
    path = tmp_path / "ana.zip"

    call_command("export_member", member.handle, output=str(path))

    assert unpacked(path.read_bytes())["profile"]["name"] == "Ana Ivanova"


def test_the_command_names_a_member_that_it_does_not_find():
    with pytest.raises(CommandError, match="no member “nobody”"):
        call_command("export_member", "nobody")


def test_what_was_exported_can_be_brought_in_by_a_new_member():
    old = full_member()
    profile = bringing_in.read(archive(old))
    new = MemberFactory(name="Newcomer")

    done = bringing_in.bring_in(profile, by=new)

    new.refresh_from_db()
    assert (new.headline, new.languages, new.hours_per_week, new.audiences) == (
        "Runs platforms", ["nl", "bg"], 3, {"town": "public"},
    )  # fmt: skip
    assert (done.links, done.skills, done.unknown_skills) == (1, 1, [])
    assert new.skills.values_list("claimed", "wants", "helps").get() == (3, 4, True)
    assert new.email != old.email


def test_bringing_in_twice_adds_nothing():
    old, new = full_member(), MemberFactory()
    bringing_in.bring_in(bringing_in.read(archive(old)), by=new)

    done = bringing_in.bring_in(bringing_in.read(archive(old)), by=new)

    assert (done.links, done.skills, new.links.count(), new.skills.count()) == (0, 0, 1, 1)


def test_skills_that_are_not_known_here_are_named():
    new = MemberFactory()

    done = bringing_in.bring_in({"skills": [{"skill__slug": "juggling", "skill__title": "Juggling"}]}, by=new)

    assert done.unknown_skills == ["Juggling"]


@pytest.mark.parametrize(
    "packed",
    [b"", b"no zip", packed_with([]), packed_with({"format": "other"}), packed_with({}, "else.json")],
    ids=["empty", "no zip", "a list", "another format", "another file"],
)
def test_a_file_that_is_something_else_is_refused(packed):
    with pytest.raises(Refused, match="not a file that this software exported"):
        bringing_in.read(packed)


@pytest.mark.parametrize(
    ("profile", "named"),
    [
        ({"time_zone": "Mars/Base"}, "time zone"),
        ({"sector": "piracy"}, "sector"),
        ({"headline": "x" * 500}, "headline"),
        ({"headline": {"a": 1}, "name": "Ana"}, "headline"),
        ({"hours_per_week": "many"}, "hours per week"),
        ({"languages": "nl"}, "languages"),
        ({"links": [{"title": "x", "url": "javascript:alert(1)"}]}, "url"),
        ({"links": "x"}, "links"),
        ({"audiences": ["x"]}, "audiences"),
        ({"skills": [{"skill__slug": "ansible", "claimed": 9}]}, "claimed|depth"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_value_that_is_not_allowed_is_named_and_nothing_is_taken_over(profile, named):
    Skill.objects.create(slug="ansible", title="Ansible")
    new = MemberFactory(town="Ghent")

    with pytest.raises(Refused, match=named):
        bringing_in.bring_in({"town": "Porto", **profile}, by=new)

    assert Member.objects.get(pk=new.pk).town == "Ghent"


def test_what_others_wrote_is_not_in_the_export_of_who_only_decided_it():
    applicant, lead = MemberFactory(), MemberFactory()
    JoinRequest.objects.create(
        community=CommunityFactory(), member=applicant, answers=[["Why?", "Because"]], decided_by=lead, state="accepted"
    )

    assert unpacked(archive(lead))["tables"]["communities.JoinRequest"]["rows"] == []
    assert len(unpacked(archive(applicant))["tables"]["communities.JoinRequest"]["rows"]) == 1
