"""What communities may ask for: finished modules, by title and address."""

from communities import named
from modules.models import Module


def modules() -> dict[str, named.Named]:
    """The published modules by slug; one query."""
    found = Module.objects.filter(status=Module.Status.PUBLISHED)
    return {module.slug: named.Named(module.title, module.get_absolute_url()) for module in found}


named.announce("module", modules)
