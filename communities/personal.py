"""What this app holds about people."""

from members.holdings import DELETE, KEEP, UNLINK, Holding, declare, without_people

without_people(
    "communities.Community", "communities.Boundary", "communities.Criterion", "communities.Charter",
    "communities.RecruitmentCampaign_skills", "communities.GroupRules", "communities.FoundingStep",
)  # fmt: skip

declare(
    Holding("communities.Membership", "Communities you belong to", {"member": DELETE}),
    Holding("communities.JoinRequest", "Communities you asked to join",
            {"member": DELETE, "decided_by": UNLINK}, mentions=("note",), handled=("decided_by",)),
    Holding("communities.CommunityInvitation", "Invitations to communities", {"member": DELETE, "by": UNLINK}),
    Holding("communities.DutyTurn", "Days on which you looked after newcomers", {"member": DELETE}),
    Holding("communities.FirstPost", "Your first posts, and first posts you answered",
            {"member": KEEP, "answered_by": KEEP}, mentions=("text", "answer"),
            stays="a question and its answer stay for those who read them, by a former member"),
    Holding("communities.VolunteerHours", "Hours you gave to communities", {"member": KEEP}, blank={"task": ""},
            stays="the sums of a community stay right"),
    Holding("communities.Channel", "Channels you look after", {"owner": UNLINK},
            stays="words about a place, not about a person"),
    Holding("communities.Motion", "Motions you proposed, and motions on you as a lead",
            {"by": UNLINK, "candidate": UNLINK}, mentions=("title", "reason"),
            stays="what a community decided stays known"),
    Holding("communities.MotionVote", "Your votes on motions", {"member": KEEP}, blank={"reason": ""},
            stays="the count of a decision stays right"),
    Holding("communities.Petition", "Petitions you started", {"by": UNLINK}, mentions=("purpose",),
            stays="the wish belongs to all who signed it"),
    Holding("communities.Signature", "Petitions you signed", {"member": KEEP}),
    Holding("communities.LaunchStep", "Launch steps you ticked", {"done_by": UNLINK},
            stays="words of the site, not of a person"),
    Holding("communities.RecruitmentCampaign", "Campaigns you opened", {"by": UNLINK}, mentions=("sentence",),
            stays="the words of a community for its newcomers"),
)  # fmt: skip
