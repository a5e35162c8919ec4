from cop.lib.records import plain_lines
from editorial.models import Revision, Text
from labs import files
from labs.models import Lab, LabStep
from labs.operations.writing import html_of_step, render_own, save_lab, wording
from modules.models import SyllabusItem
from tests.factories.modules import PublishedModuleFactory


def step(key, *, required=True, minutes=8, body="Do **it**."):
    return {"key": key, "title": f"Now {key}", "body": body, "minutes": minutes, "required": required}


def lab(slug="redact", *, module=None, steps=("plant", "count"), publish=True, **fields) -> Lab:
    """A new lab with the rows that `save_lab` writes, without its questions; steps are keys or whole steps.

    That both write the same is tested in tests/labs/test_writing.py."""
    wanted = whole_lab(**{"title": f"Try {slug}"} | fields)
    made = Lab(slug=slug, module=module or PublishedModuleFactory())
    for field, value in wanted.items():
        setattr(made, field, plain_lines(value) if isinstance(value, str) else value)
    render_own(made)
    if publish:
        made.status, made.published_at = Lab.Status.PUBLISHED, made.updated_at
    made.save()
    LabStep.objects.bulk_create(_step_of(made, order, one) for order, one in enumerate(whole_steps(steps), start=1))
    if publish:
        SyllabusItem.objects.create(
            module=made.module, kind="lab", key=slug, title=made.title, minutes=made.minutes, exposure=made.exposure,
            no_code=made.no_code, address=made.get_absolute_url(), order=made.order,
        )  # fmt: skip
    _first_version(made)
    return made


def written_lab(slug="redact", *, module=None, steps=("plant", "count"), publish=True, **fields) -> Lab:
    """A lab, written by the operation that writes all of them."""
    wanted = whole_lab(**{"title": f"Try {slug}"} | fields)
    module = module or PublishedModuleFactory()
    return save_lab(module=module, slug=slug, steps=whole_steps(steps), publish=publish, **wanted)


def whole_lab(**fields):
    """The fields of a lab that lacks nothing."""
    return {
        "title": "Try redact", "aim": "You end with a number.", "minutes": 40, "exposure": "local-only",
        "expected": "A last line that says `missed 0`.", "local_alternative": "None is known.",
    } | fields  # fmt: skip


def whole_steps(steps):
    return [step(one) if isinstance(one, str) else one for one in steps]


def _step_of(made, order, fields):
    values = {"minutes": 5, "required": True, "body": "", **fields}
    body = files.closed(values["body"])
    return LabStep(lab=made, order=order, html=html_of_step(values["key"], body), **values | {"body": body})


def _first_version(made):
    address = made.get_absolute_url() if made.is_published else ""
    text = Text.objects.create(
        kind="lab", key=made.slug, title=made.title, address=address, topic=made.module.slug, owner=made.author
    )
    at = made.updated_at
    Revision.objects.create(
        text=text, number=1, content=wording(made), note="Written by its author", status="accepted",
        change="substantive", author=made.author, author_name="" if made.author else made.author_name,
        created_at=at, changed_at=at, proposed_at=at, decided_at=at,
    )  # fmt: skip


def contribution(**fields):
    """What a member types to propose a lab, whole enough to be sent for review."""
    rubric = [{"name": name, "text": "Seen."} for name in ("It works", "Explained", "Safe", "Tested")]
    steps = [
        {"key": "plant", "title": "Plant", "body": "Do it.", "minutes": 8, "required": True},
        {"key": "count", "title": "Count", "body": "See it.", "minutes": 5, "required": True},
    ]
    wanted = {
        "title": "Count secrets", "aim": "You end with a number.", "minutes": 13, "exposure": "local-only",
        "no_code": False, "may_show_secrets": False, "teaches": {}, "licence": "CC-BY-4.0",
        "prerequisites": ["Python"], "environment": "Your own computer.", "local_alternative": "",
        "expected": "A number.", "reflection": "Which?", "troubleshooting": [], "rubric": rubric,
        "introduction": "It is.",
        "steps": steps,
    }  # fmt: skip
    return wanted | fields
