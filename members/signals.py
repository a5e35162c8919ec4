"""What the app of members announces to the apps above; their receivers write to the database only."""

from django.dispatch import Signal

# Sent inside the transaction in which a member's personal data is erased: sender Member, member=the row.
member_erased = Signal()
# Sent inside the transaction in which a member asks to leave: sender Member, member=the row, refusals=a list to add to.
member_wants_to_leave = Signal()
