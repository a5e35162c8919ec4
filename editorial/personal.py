"""What this app holds about people."""

from members.holdings import DELETE, KEEP, UNLINK, Holding, declare, without_people

without_people("editorial.TextLink")

declare(
    Holding("editorial.Text", "Texts you look after", {"owner": UNLINK},
            stays="the title of a text, not words of a person"),
    Holding("editorial.Revision", "Changes of texts you wrote or decided on", {"author": KEEP, "decided_by": KEEP},
            blank={"author_name": ""}, handled=("decided_by",),
            stays="what was written for all stays, by a former member"),
    Holding("editorial.Decision", "What you decided on changes of texts", {"by": KEEP},
            mentions=("reason",), stays="reasons of decisions on texts of all stay"),
    Holding("editorial.CoAuthor", "Drafts you write together with others", {"member": KEEP}),
    Holding("editorial.SectionComment", "Your remarks on drafts", {"author": KEEP, "closed_by": KEEP},
            handled=("closed_by",), stays="remarks explain decisions on texts of all"),
    Holding("editorial.KeptText", "Your words that another saving came before", {"author": DELETE}),
)  # fmt: skip
