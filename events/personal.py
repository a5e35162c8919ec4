"""What this app holds about people."""

from members.holdings import KEEP, UNLINK, Holding, declare, without_people

without_people("events.EventSeries")

declare(
    Holding("events.Event", "Events you host", {"host": UNLINK}, stays="the announcement of an event for all"),
    Holding("events.Registration", "Events you registered for", {"member": KEEP},
            stays="the number of people at an event stays right"),
    Holding("events.ReminderSent", "Reminders sent to you", {"registration__member": KEEP}),
)  # fmt: skip
