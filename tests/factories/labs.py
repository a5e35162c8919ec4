from labs.models import Lab
from labs.operations.writing import save_lab
from tests.factories.modules import PublishedModuleFactory


def step(key, *, required=True, minutes=8, body="Do **it**."):
    return {"key": key, "title": f"Now {key}", "body": body, "minutes": minutes, "required": required}


def lab(slug="redact", *, module=None, steps=("plant", "count"), publish=True, **fields) -> Lab:
    """A lab, written by the operation that writes all of them; steps are keys or whole steps."""
    wanted = {
        "title": f"Try {slug}", "aim": "You end with a number.", "minutes": 40, "exposure": "local-only",
        "expected": "A last line that says `missed 0`.", "local_alternative": "None is known.",
    }  # fmt: skip
    whole = [step(one) if isinstance(one, str) else one for one in steps]
    return save_lab(
        module=module or PublishedModuleFactory(), slug=slug, steps=whole, publish=publish, **wanted | fields
    )


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
