"""What members say about their own skills, and what the stewards do with proposals."""

import pytest

from cop.lib.errors import Refused
from members.models import Activity, DirectoryStale, Endorsement, MemberSkill, Notice, Skill, Validation
from members.operations import skills
from members.queries.skills import totals
from tests.factories.members import MemberFactory
from tests.factories.skills import (
    EndorsementFactory,
    MemberSkillFactory,
    SkillFactory,
    ValidationFactory,
    skill_verbs,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def verbs(db):
    skill_verbs()


def names_of(member):
    return sorted(MemberSkill.objects.filter(member=member).values_list("skill__slug", flat=True))


@pytest.mark.parametrize("name", ["Kubernetes", "kubernetes", "  KUBERNETES ", "k8s", "K8s", "kube  Cluster"])
def test_a_title_or_alias_means_the_skill_of_the_taxonomy(name):
    SkillFactory(slug="kubernetes", aliases=["k8s", "Kube cluster"])
    member = MemberFactory()

    row = skills.add(name, by=member, claimed=2)

    assert (row.skill.slug, row.claimed, Skill.objects.count()) == ("kubernetes", 2, 1)


def test_an_unknown_name_becomes_a_proposal_that_others_join():
    one, other = MemberFactory(), MemberFactory()

    first, second = skills.add("Beekeeping", by=one, claimed=3), skills.add("beekeeping", by=other, claimed=1)

    assert first.skill == second.skill
    assert (first.skill.state, first.skill.proposed_by) == ("proposed", one)


@pytest.mark.parametrize("name", ["C++", "量子計算", "C"])
def test_names_in_any_script_and_with_equal_slugs_stay_apart(name):
    SkillFactory(slug="c", title="C#")

    row = skills.add(name, by=MemberFactory(), claimed=1)

    assert row.skill.title == ("C#" if name == "C" else name)
    assert Skill.objects.filter(slug=row.skill.slug).count() == 1


@pytest.mark.parametrize(("name", "fault"), [("  ", "Choose a skill"), ("x" * 81, "these are 81"), ("!!!", "letters")])
def test_a_name_that_says_nothing_is_refused(name, fault):
    with pytest.raises(Refused, match=fault):
        skills.add(name, by=MemberFactory(), claimed=1)


@pytest.mark.parametrize(("claimed", "wants"), [(5, 0), (-1, 0), (0, 5), (2, -1)])
def test_a_depth_outside_0_to_4_is_refused(claimed, wants):
    with pytest.raises(Refused, match="from 0 to 4"):
        skills.add("Ansible", by=MemberFactory(), claimed=claimed, wants=wants)
    assert not MemberSkill.objects.exists()


def test_a_skill_that_stands_in_the_list_is_refused_by_any_of_its_names():
    SkillFactory(slug="kubernetes", aliases=["k8s"])
    member = MemberFactory()
    skills.add("Kubernetes", by=member, claimed=2)

    with pytest.raises(Refused, match="stands in your list already"):
        skills.add("K8S", by=member, wants=3)


def test_a_41st_skill_is_refused():
    member = MemberFactory()
    MemberSkillFactory.create_batch(40, member=member)

    with pytest.raises(Refused, match="40 skills at the most"):
        skills.add("Ansible", by=member, claimed=2)
    assert MemberSkill.objects.filter(member=member).count() == 40


def test_a_name_that_the_stewards_refused_is_refused():
    SkillFactory(slug="synergy", state="refused")

    with pytest.raises(Refused, match="decided not to take “Synergy”"):
        skills.add("Synergy", by=MemberFactory(), claimed=4)


def test_only_the_owner_changes_and_removes():
    row, stranger = MemberSkillFactory(claimed=1), MemberFactory()

    for attempt in (
        lambda: skills.change(row, by=stranger, claimed=4, wants=0, helps=False),
        lambda: skills.remove(row, by=stranger),
    ):
        with pytest.raises(Refused, match="Only you"):
            attempt()
    row.refresh_from_db()
    assert row.claimed == 1


def test_a_change_moves_the_depth_and_tells_the_directory():
    row = MemberSkillFactory(claimed=1)

    skills.change(row, by=row.member, claimed=4, wants=0, helps=True)

    row.refresh_from_db()
    assert (row.claimed, row.helps, row.depth) == (4, True, pytest.approx(1.5))
    assert DirectoryStale.objects.filter(member=row.member_id).exists()


def test_removing_takes_along_what_others_said_and_a_proposal_that_nobody_names():
    row = MemberSkillFactory(skill__state="proposed")
    EndorsementFactory(member=row.member, skill=row.skill)
    ValidationFactory(member=row.member, skill=row.skill)

    skills.remove(row, by=row.member)

    assert [model.objects.count() for model in (MemberSkill, Endorsement, Validation, Skill)] == [0, 0, 0, 0]


def test_three_claims_and_one_wish_are_written_into_the_ledger_once():
    member = MemberFactory()
    for name in ("Git", "Ansible"):
        skills.add(name, by=member, claimed=2, wants=3)
    assert not Activity.objects.filter(verb="skills-named").exists()

    for name in ("SQL", "Python"):
        skills.add(name, by=member, claimed=1)

    assert Activity.objects.filter(actor=member, verb="skills-named").count() == 1


def test_three_claims_without_a_wish_prove_nothing():
    member = MemberFactory()
    for name in ("Git", "Ansible", "SQL", "Python"):
        skills.add(name, by=member, claimed=2)

    assert not Activity.objects.filter(verb="skills-named").exists()


def test_an_accepted_proposal_is_told_to_who_proposed_it():
    row = skills.add("Beekeeping", by=MemberFactory(), claimed=3)

    for _ in range(2):
        skills.accept(row.skill, by=MemberFactory(is_staff=True))

    row.skill.refresh_from_db()
    assert row.skill.state == "accepted"
    assert Notice.objects.get(member=row.member, kind="skill-decided").title == (
        "“Beekeeping” is in the list of skills now"
    )


def test_a_refused_proposal_leaves_the_lists():
    row = skills.add("Synergy", by=MemberFactory(), claimed=4)

    skills.refuse(row.skill, by=MemberFactory(is_staff=True), note="Nobody can say what it is.")

    assert names_of(row.member) == []
    assert Notice.objects.get(member=row.member).text == "Nobody can say what it is."


def test_an_accepted_skill_cannot_be_refused():
    with pytest.raises(Refused, match="Merge it"):
        skills.refuse(SkillFactory(), by=MemberFactory(is_staff=True))


def test_merging_moves_claims_words_and_names():
    into = SkillFactory(slug="kubernetes", aliases=["k8s"])
    skill = SkillFactory(slug="kube", title="Kube", aliases=["K8S", "kubes"], state="proposed")
    only, both = MemberSkillFactory(skill=skill, claimed=2), MemberSkillFactory(skill=skill, claimed=3, wants=4)
    MemberSkillFactory(skill=into, member=both.member, claimed=1, helps=True)
    kept = EndorsementFactory(member=both.member, skill=into, level=2)
    EndorsementFactory(member=both.member, skill=skill, by=kept.by, level=4)
    moved = EndorsementFactory(member=only.member, skill=skill)

    skills.merge(skill, into=into, by=MemberFactory(is_staff=True))

    into.refresh_from_db()
    assert into.aliases == ["k8s", "Kube", "kubes"]
    rows = MemberSkill.objects.filter(skill=into).order_by("claimed")
    assert list(rows.values_list("member", "claimed", "wants", "helps")) == [
        (only.member_id, 2, 0, False), (both.member_id, 3, 4, True),
    ]  # fmt: skip
    assert set(Endorsement.objects.filter(skill=into).values_list("pk", "level")) == {(kept.pk, 2), (moved.pk, 3)}
    assert list(Skill.objects.all()) == [into]


def test_merging_into_a_proposal_or_into_itself_is_refused():
    skill, proposal = SkillFactory(), SkillFactory(state="proposed")

    for into in (skill, proposal):
        with pytest.raises(Refused):
            skills.merge(skill, into=into, by=MemberFactory(is_staff=True))


def test_totals_count_active_members_and_hide_few_from_others():
    skill = SkillFactory()
    for claimed, depth in [(1, 1), (2, 2), (3, 3), (4, 3.5), (4, 4)]:
        MemberSkillFactory(skill=skill, claimed=claimed, depth=depth, helps=claimed == 4)
    MemberSkillFactory(skill=skill, wants=3)
    MemberSkillFactory(skill=skill, claimed=4, depth=4, member__is_active=False)
    SkillFactory(state="proposed")

    (all_numbers,), (public,) = totals(for_organizers=True), totals()

    assert (all_numbers.members, all_numbers.deep, all_numbers.wishes, all_numbers.helpers) == (5, 3, 1, 2)
    assert (public.members, public.deep, public.wishes, public.helpers) == (5, None, None, None)
