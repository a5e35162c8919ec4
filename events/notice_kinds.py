"""What people are told about events."""

from members.notice_kinds import NoticeKind

OF_EVENTS = (
    NoticeKind("event-registration", "My place at an event: confirmed, moved, cancelled", fixed=True),
    NoticeKind("event-reminder", "Reminders of events I registered for", group="Events"),
)
