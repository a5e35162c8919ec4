"""What this app holds about people."""

from members.holdings import DELETE, KEEP, Holding, declare, without_people

without_people("modules.Module", "modules.Subtopic", "modules.SyllabusItem")

declare(
    Holding("modules.Module_stewards", "Modules you look after", {"member": DELETE}),
    Holding("modules.Article", "Articles you wrote", {"author": KEEP}, blank={"author_name": ""},
            stays="what was published for all stays, by a former member"),
    Holding("modules.ItemProgress", "What you have read and done", {"member": DELETE}),
    Holding("modules.ModuleCompletion", "Modules you finished", {"member": KEEP}),
)  # fmt: skip
