"""What this app holds about people."""

from members.holdings import DELETE, KEEP, UNLINK, Holding, declare

declare(
    Holding("newsletters.Subscription", "Your newsletter", {"member": DELETE}, {"email": DELETE}, secret=("key",)),
    Holding("newsletters.Suppression", "That your address gets no newsletter", addresses={"email": DELETE},
            mentions=("note",)),
    Holding("newsletters.Issue", "Newsletters you wrote or approved", {"created_by": UNLINK, "approved_by": UNLINK},
            stays="what was sent to all stays as it was sent"),
    Holding("newsletters.Delivery", "Newsletters sent to you", {"subscription__member": KEEP}, {"email": KEEP},
            blank={"error": ""}),
)  # fmt: skip
