from celery import shared_task
from django.conf import settings

from cop.site.runs import recorded
from modules.operations import links, upkeep


@shared_task(name="modules.tell_of_stale")
@recorded("tell of texts to look at again")
def tell_of_stale() -> dict[str, int]:
    return upkeep.tell_of_stale()


@shared_task(name="modules.check_links")
@recorded("look at outside resources")
def check_links() -> dict[str, int]:
    """A demo asks no other host for anything."""
    return {"checked": 0} if settings.DEMO else links.check_links(due_only=True)
