"""What this app holds about people."""

from members.holdings import DELETE, KEEP, UNLINK, Holding, declare, without_people

without_people(
    "modules.Module", "modules.Subtopic", "modules.SyllabusItem", "modules.Check", "modules.Question",
    "modules.ToolCategory", "modules.Tool", "modules.LearningRules", "modules.OrganisationCeiling",
)  # fmt: skip

declare(
    Holding("modules.Module_stewards", "Modules you look after", {"member": DELETE}),
    Holding("modules.Article", "Articles you wrote or keep", {"author": KEEP, "owner": UNLINK},
            blank={"author_name": ""}, handled=("owner",),
            stays="what was published for all stays, by a former member"),
    Holding("modules.ItemProgress", "What you have read and done", {"member": DELETE}),
    Holding("modules.ModuleCompletion", "Modules you finished", {"member": KEEP}),
    Holding("modules.ReadingPreference", "How you read", {"member": DELETE}),
    Holding("modules.ReadingPlace", "Where you stopped reading", {"member": DELETE}),
    Holding("modules.Bookmark", "Your bookmarks", {"member": DELETE}),
    Holding("modules.ReadingNote", "Your notes on articles", {"member": DELETE}),
    Holding("modules.CheckAttempt", "Your tries at checks", {"member": DELETE}),
    Holding("modules.ToolReport", "Your reports on tools", {"member": KEEP}, mentions=("hidden_for",),
            stays="experience with a tool stays for those who choose one, by a former member"),
    Holding("modules.ExternalResource", "Outside resources you suggested",
            {"suggested_by": UNLINK, "decided_by": UNLINK}, mentions=("reason",), handled=("decided_by",),
            stays="words about a resource, not about a person"),
    Holding("modules.ResourceNote", "What you said on outside resources", {"member": DELETE}),
    Holding("modules.ResourceCompletion", "Outside resources you finished", {"member": DELETE}),
    Holding("modules.ExposureCeiling", "How far you let data go", {"member": DELETE}),
)  # fmt: skip
