"""A file that a member brings in may hold anything: it stops nothing, and leaves nothing that the form refuses."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cop.lib.errors import Refused
from members.models import Member, Skill
from members.operations import bringing_in
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
HEAD = '{"format": "community-member", "version": 1, "profile": '


def packed(content: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("member.json", content)
    return file.getvalue()


def profile(**fields: Any) -> bytes:
    return packed(f"{HEAD}{json.dumps(fields)}}}")


def upload(client: Client, content: bytes) -> Any:
    return client.post("/me/privacy/bring-in/", {"file": SimpleUploadedFile("member.zip", content)})


@pytest.mark.parametrize(
    "content",
    [
        profile(headline="a\ud800"),
        profile(biography="a\x00"),
        profile(tools=["a\x00"]),
        profile(skills=[{"skill__slug": "none", "skill__title": "\udc80"}]),
        profile(links=[{"title": "a\x00", "url": "https://a.example/"}]),
        packed('{"format": "community-member", "version": "\\ud800", "profile": {}}'),
        profile(links=[{"title": "a", "url": ["https://a.example/"]}]),
        profile(audiences={"town": ["public"]}, headline=""),
        packed(f'{HEAD}{{"skills": [{{"skill__slug": "git", "claimed": 1e999}}]}}}}'),
        profile(skills=[{"skill__slug": "git", "claimed": {"a": 1}}]),
        packed("[" * 100_000 + "]" * 100_000),
    ],
    ids=[
        "half a character", "NUL", "NUL in a list", "half a character in a skill", "NUL in a link",
        "half a character as version", "a list as address", "a list as audience", "endless depth", "mapping as depth",
        "deep",
    ],
)  # fmt: skip
def test_a_hostile_file_gets_an_answer_and_the_page_after_it_shows(member_client, content):
    Skill.objects.create(slug="git", title="Git")

    answer = upload(member_client, content)

    assert answer.status_code in (200, 302)
    assert member_client.get("/me/profile/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"biography": "a" * 4001}, "biography"),
        ({"workflows": "a" * 601}, "workflows"),
        ({"tools": ["ansible"] * 31}, "tools"),
        ({"tools": ["a" * 41]}, "tools"),
        ({"languages": ["nl"] * 13}, "languages"),
        ({"languages": ["<b>"]}, "languages"),
        ({"country": "ZZ"}, "country"),
        ({"hours_per_week": True}, "hours per week"),
        ({"skills": [{"skill__slug": "git", "claimed": 2.7}]}, "depth of a skill"),
        ({"skills": [{"skill__slug": "git", "claimed": "4"}]}, "depth of a skill"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_brings_in_nothing_that_the_form_refuses(fields, named):
    Skill.objects.create(slug="git", title="Git")
    new = MemberFactory(town="Ghent")

    with pytest.raises(Refused, match=named):
        bringing_in.bring_in({"town": "Porto", **fields}, by=new)

    assert Member.objects.get(pk=new.pk).town == "Ghent"


def test_a_file_that_would_let_nobody_see_a_page_in_the_directory_leaves_the_page_alone():
    new = MemberFactory()

    bringing_in.bring_in({"audiences": {"page": "me", "town": "public"}}, by=new)

    assert Member.objects.get(pk=new.pk).audiences == {"town": "public"}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_broken_at_any_place_is_refused_or_read(method):
    whole = packed(f'{HEAD}{{"headline": "{"runs platforms " * 5}"}}}}', method)

    answers = {outcome(broken_at(whole, place)) for place in range(len(whole))}

    assert answers == {"read", "refused"}


def broken_at(whole: bytes, place: int) -> bytes:
    broken = bytearray(whole)
    broken[place] ^= 0x55
    return bytes(broken)


def outcome(content: bytes) -> str:
    try:
        bringing_in.read(content)
    except Refused:
        return "refused"
    return "read"


@pytest.mark.parametrize(
    "content", ["[" + "[]," * 300_000 + "[]]", "[" + "1," * 1_100_000 + "1]"], ids=["lists", "numbers"]
)
def test_a_file_that_would_fill_the_memory_is_refused_unread(content):
    with pytest.raises(Refused, match="not a file that this software exported"):
        bringing_in.read(packed(content))


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Refused, match="not a file that this software exported"):
        bringing_in.read(packed(b"0" * (21 * 1024 * 1024)))


def test_words_of_a_file_stay_short_in_the_answer(member_client):
    answer = upload(
        member_client, packed(json.dumps({"format": "community-member", "version": "v" * 1_000_000, "profile": {}}))
    )

    assert len(answer.content) < 100_000
