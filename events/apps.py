from django.apps import AppConfig

from events.notice_kinds import OF_EVENTS
from members.notice_kinds import announce


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Events"

    def ready(self) -> None:
        announce(*OF_EVENTS)
