"""What this app holds about people."""

from members.holdings import KEEP, UNLINK, Holding, declare, without_people

without_people("governance.Committee", "governance.Seat", "governance.GoverningDocument")

declare(
    Holding("governance.Term", "Seats you held, and seats you gave", {"holder": KEEP, "appointed_by": UNLINK},
            mentions=("override_reason", "reason"), stays="who held which seat when is the committee's record"),
    Holding("governance.DocumentVersion", "Documents you wrote or put in force",
            {"written_by": UNLINK, "put_in_force_by": UNLINK},
            stays="documents in force stay as they were put in force"),
)  # fmt: skip
