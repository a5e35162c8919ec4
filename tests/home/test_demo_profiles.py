"""The demo's people: what they say about themselves is valid, varied and harms nothing else."""

import random
from collections import Counter

import pytest

from cop.home.demo import people, profiles
from members import places
from members.forms.profile import ProfileForm
from members.models import Member, MemberLink, Persona
from tests.home.conftest import NOW
from tests.kept import kept_for_many

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # the journeys build a demo every day


@pytest.fixture(scope="module")
def people_made_once(loaded_once, django_db_blocker):
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            made = people.make_people(200, chance=random.Random(7), now=NOW)
        yield made


@pytest.fixture
def everybody(people_made_once, db):
    return people_made_once


def test_every_profile_would_pass_its_own_form(everybody):
    faults = {}
    for one in Member.objects.prefetch_related("links"):
        form = ProfileForm(instance=one)
        typed = {name: form[name].value() for name in form.fields}
        form.data, form.is_bound = {name: value for name, value in typed.items() if value is not None}, True
        if set(form.errors) - {"paused_until"}:
            faults[one.handle] = form.errors

    assert faults == {}


def test_people_live_in_many_countries_and_speak_many_languages(everybody):
    countries = Counter(one.country for one in everybody)
    spoken = {code for one in everybody for code in one.languages}

    assert len(countries) >= 15
    assert len(spoken) >= 15
    assert spoken <= set(places.language_names())
    assert [one.name for one in everybody if not one.name.isascii()]


def test_the_named_accounts_have_a_public_page_with_a_link(everybody):
    assert all(one.has_public_page for one in everybody[:6])
    assert MemberLink.objects.filter(member__in=everybody[:6]).count() == 6


def test_profiles_do_not_change_what_chance_gives_afterwards():
    chance, other = random.Random(3), random.Random(3)

    profiles.fill([Member(pk=1, handle="kim", persona=Persona(slug="kim"))], chance=chance, now=NOW)

    assert chance.random() == other.random()
