from events.models.events import JOIN_OPENS, RESERVED, Event, EventSeries, Kind
from events.models.registrations import Registration, ReminderSent

__all__ = ["JOIN_OPENS", "RESERVED", "Event", "EventSeries", "Kind", "Registration", "ReminderSent"]
