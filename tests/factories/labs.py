from labs.models import Lab
from labs.operations.writing import save_lab
from tests.factories.modules import PublishedModuleFactory


def step(key, *, required=True, minutes=8, body="Do **it**."):
    return {"key": key, "title": f"Now {key}", "body": body, "minutes": minutes, "required": required}


def lab(slug="redact", *, module=None, steps=("plant", "count"), publish=True, **fields) -> Lab:
    """A lab, written by the operation that writes all of them; steps are keys or whole steps."""
    wanted = {
        "title": f"Try {slug}", "aim": "You end with a number.", "minutes": 40, "exposure": "local-only",
        "expected": "A last line that says `missed 0`.",
    }  # fmt: skip
    whole = [step(one) if isinstance(one, str) else one for one in steps]
    return save_lab(
        module=module or PublishedModuleFactory(), slug=slug, steps=whole, publish=publish, **wanted | fields
    )
