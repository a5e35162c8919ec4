"""The five paths as a member meets them, and a circle that the admin refuses and names."""

from __future__ import annotations

from tests.journeys.visitor import Visitor

ROLES = [
    "Platform Builder to Intelligent Platform Architect", "On-call Engineer to Predictive Operations Lead",
    "Model Builder to MLOps and AIOps Specialist", "Developer to Builder of Observable Applications",
    "User of Open Source to Contributor with a Portfolio",
]  # fmt: skip


def test_five_paths_are_there_and_one_is_followed(visitor: Visitor) -> None:
    visitor.sign_in("maria")
    visitor.open("/paths/")
    assert [role for role in ROLES if role not in visitor.text()] == []

    visitor.follow(ROLES[0])
    visitor.press("Follow this path")
    visitor.sees("You follow the path to Intelligent Platform Architect.")
    visitor.sees("Your shortest way there")

    visitor.press("Stop following")
    visitor.sees("You no longer follow the path to Intelligent Platform Architect.")


def test_saving_a_circle_in_the_admin_is_refused_and_named(visitor: Visitor) -> None:
    visitor.sign_in("bart")
    visitor.open("/admin/labs/path/")
    visitor.follow(ROLES[4])
    form = visitor.page.locator(".inline-related", has=visitor.page.locator("input[value='what-ai-is']")).first
    form.get_by_label("Comes after").fill("contributions")
    visitor.page.locator("input[name='_save']").click()

    visitor.sees("go round in a circle")
    assert "“what-ai-is” needs “contributions” needs “agent-lab” needs" in visitor.text()
