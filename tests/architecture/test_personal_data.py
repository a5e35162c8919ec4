"""Every table that reaches a person is declared, with what the export and the erasure do about it."""

from __future__ import annotations

from itertools import chain

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, EmailField, Model, SlugField, TextField

from members.holdings import KEEP, UNLINK, Holding, holdings, known_models
from members.models import Member

MODELS = apps.get_models(include_auto_created=True)
HOLDINGS = holdings()


def rows_stay(holding: Holding) -> bool:
    """The member's own row stays too, but is emptied as a whole."""
    return holding.model != "members.Member" and bool({KEEP, UNLINK} & {*holding.people.values()})


def ids(holding: Holding) -> str:
    return holding.model


def test_every_table_is_declared_as_holding_people_or_not():
    assert sorted(model._meta.label for model in MODELS if model._meta.label not in known_models()) == []


def test_nothing_is_declared_that_is_no_table():
    assert known_models() - {model._meta.label for model in MODELS} == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_relation_to_a_member_is_declared(model):
    to_members = {
        field.name
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Member and not field.many_to_many
    }
    declared = {path for holding in HOLDINGS if holding.model == model._meta.label for path in holding.people}

    assert to_members - declared == set()


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model is not Member], ids=lambda model: model._meta.label
)
def test_every_column_for_an_address_is_declared(model):
    columns = {field.name for field in model._meta.concrete_fields if isinstance(field, EmailField)} - {"contact"}
    found = [holding for holding in HOLDINGS if holding.model == model._meta.label]
    covered = {path for one in found for path in one.addresses}
    gone = any(one.people and KEEP not in one.people.values() for one in found)

    assert columns <= covered or gone


@pytest.mark.parametrize("holding", HOLDINGS, ids=ids)
def test_what_is_declared_exists(holding):
    model = apps.get_model(holding.model)
    paths = (holding.people, holding.addresses, holding.blank, holding.mentions, holding.handled, holding.secret)

    assert [path for path in chain.from_iterable(paths) if not leads_somewhere(model, path)] == []


def leads_somewhere(model: type[Model], path: str) -> bool:
    """Whether each step of a path is a field of the model to which the one before leads."""
    for step in path.split("__"):
        try:
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        except FieldDoesNotExist:
            return False
        model = field.related_model or model
    return True


@pytest.mark.parametrize("holding", [one for one in HOLDINGS if rows_stay(one)], ids=ids)
def test_words_of_rows_that_stay_are_emptied_searched_or_explained(holding):
    free = {
        field.name
        for field in apps.get_model(holding.model)._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not isinstance(field, SlugField) and not field.choices
    }

    assert free - {*holding.blank, *holding.mentions, *holding.addresses} == set() or holding.stays


@pytest.mark.parametrize("holding", HOLDINGS, ids=ids)
def test_a_row_that_forgets_a_person_may_do_so(holding):
    model = apps.get_model(holding.model)

    for path, fate in holding.people.items():
        assert fate is not UNLINK or model._meta.get_field(path).null
