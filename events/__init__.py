"""When we meet: series, events, registration with a waiting list, reminders, calendar files.

Seats cannot be oversold: one counter per event, changed by one conditional update."""
