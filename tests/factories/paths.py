from labs.models import Path
from labs.operations.paths import save_path
from tests.factories.members import add_verbs
from tests.factories.modules import LEARNING


def path(slug="architect", *, items=None, publish=False, **fields) -> Path:
    """A path, written by the operation that writes all of them."""
    wanted = {
        "title": "Platform Builder to Architect", "role": "Architect", "summary": "From reading to building.",
        "ends_with": "an accepted reference design",
    }  # fmt: skip
    return save_path(slug=slug, items=items or [given("design")], publish=publish, **wanted | fields)


def item(key, *needs, kind="lab", target="", optional=False, **fields):
    return {"key": key, "kind": kind, "target": target or key, "optional": optional, "needs": list(needs), **fields}


def given(key, *needs, verbs=("lab-contributed",), times=1, **fields):
    """A contribution, proved by acts of the ledger."""
    wanted = {"title": f"Give {key}", "verbs": list(verbs), "times": times, "hours": 2}
    return item(key, *needs, kind="contribution", **wanted | fields)


def path_verbs() -> None:
    given = {"path-completed": 5, "lab-contributed": 10, "talk-given": 8, "resource-completed": 1}
    add_verbs(LEARNING | given)
