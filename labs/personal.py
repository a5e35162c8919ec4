"""What this app holds about people."""

from members.holdings import DELETE, KEEP, Holding, declare, without_people

without_people("labs.Lab", "labs.LabStep")

declare(
    Holding("labs.LabRun", "Your runs of labs, with your notes", {"member": KEEP}, blank={"notes": ""}),
    Holding("labs.StepTick", "Steps you ticked", {"run__member": DELETE}),
)  # fmt: skip
