"""What runs by itself."""

from celery import shared_task

from cop.site.runs import recorded
from labs.operations import certificates, offering, paths


@shared_task(name="labs.settle_paths")
@recorded("look who finished a path")
def settle_paths() -> dict[str, int]:
    return paths.settle_all()


@shared_task(name="labs.offer_reviews")
@recorded("offer work that waits to peers", quiet=True)
def offer_reviews() -> dict[str, int]:
    return offering.offer_due()


@shared_task(name="labs.tell_of_expiry")
@recorded("tell of certificates that expire", quiet=True)
def tell_of_expiry() -> dict[str, int]:
    return certificates.tell_of_expiry()
