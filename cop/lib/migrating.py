"""Makes the tables of a new database in half the time.

Before each step of a migration, Django draws the classes of the models as they are at that step. When a step adds a
model, it draws anew what is related to it, which here is nearly everything, because nearly everything points to a
member. A model that is added changes no other one, so drawing the new one is enough."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from unittest import mock

from django.db.migrations.state import ModelState, ProjectState


@contextlib.contextmanager
def new_models_drawn_alone() -> Iterator[None]:
    """While this lasts, a step that adds a model draws that model and no other."""
    with mock.patch.object(ProjectState, "add_model", add_model):
        yield


def add_model(state: ProjectState, model: ModelState) -> None:
    """As Django's, but for the last line; tests/site/test_migrate.py compares what becomes of it."""
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:  # drawn already; only to ask for it would draw everything
        state.apps.render_multiple([model])
