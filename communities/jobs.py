from celery import shared_task
from django.conf import settings

from communities import tasks
from communities.models import Motion
from communities.operations import buddies, channels, dormancy, launch, motions, newcomers, petitions, silence
from cop.site.runs import recorded


@shared_task(name="communities.rest_silent")
@recorded("rest silent memberships")
def rest_silent() -> dict[str, int]:
    return dormancy.rest_silent()


@shared_task(name="communities.close_motions")
@recorded("close motions", quiet=True)
def close_motions() -> dict[str, int]:
    """Decide what is due, open votes on leads whose term is over, and tell of votes whose telling was lost."""
    counts = motions.close_due() | {"terms": motions.open_ended_terms()}
    waiting = Motion.objects.filter(state=Motion.State.OPEN).select_related("community")
    return counts | {"told": sum(tasks.tell(motion) for motion in waiting)}


@shared_task(name="communities.close_petitions")
@recorded("close petitions", quiet=True)
def close_petitions() -> dict[str, int]:
    return petitions.close_due()


@shared_task(name="communities.watch_launches")
@recorded("watch forming groups", quiet=True)
def watch_launches() -> dict[str, int]:
    return launch.watch()


@shared_task(name="communities.ask_silent")
@recorded("ask silent groups")
def ask_silent() -> dict[str, int]:
    return silence.ask_silent()


@shared_task(name="communities.escalate_first_posts")
@recorded("escalate first posts", quiet=True)
def escalate_first_posts() -> dict[str, int]:
    return newcomers.escalate()


@shared_task(name="communities.tell_of_turns")
@recorded("tell of turns of duty", quiet=True)
def tell_of_turns() -> dict[str, int]:
    return newcomers.tell_of_turns()


@shared_task(name="communities.check_links")
@recorded("check addresses of channels")
def check_links() -> dict[str, int]:
    """A demo asks no other host for anything."""
    return {"checked": 0} if settings.DEMO else channels.check_links()


@shared_task(name="communities.end_buddies")
@recorded("end looking after newcomers")
def end_buddies() -> dict[str, int]:
    return {"ended": buddies.end_old()}
