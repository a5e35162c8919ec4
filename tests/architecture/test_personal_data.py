"""Every table that reaches a person is declared, with what the export and the erasure do about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

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


def test_every_table_is_declared_as_holding_people_or_not():
    assert sorted(model._meta.label for model in MODELS if model._meta.label not in known_models()) == []


def test_nothing_is_declared_that_is_no_table():
    assert known_models() - {model._meta.label for model in MODELS} == set()


def test_every_relation_to_a_member_is_declared():
    missing = {model._meta.label: left for model in MODELS if (left := to_members(model) - declared_for(model))}

    assert missing == {}


def to_members(model: type[Model]) -> set[str]:
    return {
        field.name
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Member and not field.many_to_many
    }


def declared_for(model: type[Model]) -> set[str]:
    return {path for holding in HOLDINGS if holding.model == model._meta.label for path in holding.people}


def test_every_column_for_an_address_is_declared():
    missing = {
        model._meta.label: left for model in MODELS if model is not Member and (left := addresses_left_out(model))
    }

    assert missing == {}


def addresses_left_out(model: type[Model]) -> set[str]:
    """Columns for an address that no holding covers, in rows that do not go with their person anyway."""
    columns = {field.name for field in model._meta.concrete_fields if isinstance(field, EmailField)} - {"contact"}
    found = [holding for holding in HOLDINGS if holding.model == model._meta.label]
    gone = any(one.people and KEEP not in one.people.values() for one in found)
    return set() if gone else columns - {path for one in found for path in one.addresses}


def test_what_is_declared_exists():
    nowhere = [
        f"{holding.model}: {path}"
        for holding in HOLDINGS
        for path in paths_of(holding)
        if not leads_somewhere(apps.get_model(holding.model), path)
    ]

    assert nowhere == []


def paths_of(holding: Holding) -> Iterator[str]:
    return chain(
        holding.people, holding.addresses, holding.blank, holding.mentions, holding.handled, holding.secret
    )  # fmt: skip


def leads_somewhere(model: type[Model], path: str) -> bool:
    """Whether each step of a path is a field of the model to which the one before leads."""
    for step in path.split("__"):
        try:
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        except FieldDoesNotExist:
            return False
        model = field.related_model or model
    return True


def test_words_of_rows_that_stay_are_emptied_searched_or_explained():
    left = {
        holding.model: words
        for holding in HOLDINGS
        if rows_stay(holding) and not holding.stays
        if (words := free_words(holding) - {*holding.blank, *holding.mentions, *holding.addresses})
    }

    assert left == {}


def free_words(holding: Holding) -> set[str]:
    return {
        field.name
        for field in apps.get_model(holding.model)._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not isinstance(field, SlugField) and not field.choices
    }


def test_a_row_that_forgets_a_person_may_do_so():
    stuck = [
        f"{holding.model}: {path}"
        for holding in HOLDINGS
        for path, fate in holding.people.items()
        if fate is UNLINK and not apps.get_model(holding.model)._meta.get_field(path).null
    ]

    assert stuck == []
