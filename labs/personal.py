"""What this app holds about people."""

from members.holdings import DELETE, KEEP, UNLINK, Holding, declare, without_people

without_people(
    "labs.LabStep", "labs.LabRules", "labs.Path", "labs.PathItem", "labs.PathRequirement", "labs.CertificateCriteria",
    "labs.IssuerKey", "labs.StatusNumber",
)  # fmt: skip

declare(
    Holding("labs.Lab", "Labs you wrote", {"author": KEEP}, blank={"author_name": ""},
            stays="what was published for all stays, by a former member"),
    Holding("labs.LabRun", "Your runs of labs, with your notes", {"member": KEEP}, blank={"notes": ""}),
    Holding("labs.StepTick", "Steps you ticked", {"run__member": DELETE}),
    Holding("labs.LabFeedback", "What you said of labs", {"run__member": KEEP}, blank={"comment": ""}),
    Holding("labs.StepReport", "Steps you reported as broken", {"member": KEEP, "closed_by": UNLINK},
            handled=("closed_by",), stays="who mends the lab needs the report"),
    Holding("labs.Submission", "Work you handed in", {"member": DELETE}),
    Holding("labs.HandIn", "The words of what you handed in", {"submission__member": DELETE}),
    Holding("labs.TeamMate", "Work you did together with others", {"member": DELETE}),
    Holding("labs.ReviewClaim", "Work you are looking at", {"by": DELETE}),
    Holding("labs.Review", "Reviews you gave", {"by": KEEP}, mentions=("comment", "html"),
            stays="the review belongs to whom it was written for"),
    Holding("labs.RanIt", "Proposed labs you tried", {"member": KEEP},
            stays="that a lab was tried before it was published stays known"),
    Holding("labs.PathEnrolment", "Paths you follow", {"member": DELETE}),
    Holding("labs.Certificate", "Your certificates", {"member": DELETE, "revoked_by": UNLINK},
            mentions=("reason",), handled=("revoked_by",), stays="the certificate goes with its owner"),
)  # fmt: skip
