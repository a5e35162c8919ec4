"""The project itself: settings, addresses, Celery, and the pages that are made from all apps together."""

from cop.celery import app as celery_app

__all__ = ["celery_app"]
