"""Totals per skill: they match the rows, and few people are no figure for members."""

from __future__ import annotations

import pytest

from tests.factories.members import MemberFactory
from tests.factories.skills import MemberSkillFactory, SkillFactory

pytestmark = pytest.mark.django_db


def numbers(client):
    """The cells of the one row, in words."""
    page = client.get("/insights/skills/").text
    row = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [cell.partition("</td>")[0] for cell in row.split("<td>")[1:]]


@pytest.fixture
def patience():
    """Six have it, five of them deep; two wish for it; nobody helps."""
    skill = SkillFactory(title="Patience")
    for number in range(6):
        MemberSkillFactory(skill=skill, claimed=3, depth=3.0 if number else 2.0)
    for _ in range(2):
        MemberSkillFactory(skill=skill, wants=2)
    return skill


def test_the_totals_match_the_rows(patience, organizer_client):
    assert numbers(organizer_client) == ["6", "5", "2", "0"]


def test_members_see_no_number_below_five(patience, member_client):
    assert numbers(member_client) == ["6", "5", "few", "few"]


def test_who_has_left_is_not_counted(patience, organizer_client):
    gone = patience.members.filter(claimed=3).first().member
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    assert numbers(organizer_client)[0] == "5"


def test_without_skills_the_page_leads_to_ones_own(member_client):
    assert "Name yours" in member_client.get("/insights/skills/").text


def test_visitors_log_in_first(client):
    assert client.get("/insights/skills/").status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_skill_and_three(number, member_client, django_assert_num_queries):
    for _ in range(number):
        MemberSkillFactory(member=MemberFactory())

    with django_assert_num_queries(5):
        member_client.get("/insights/skills/")
