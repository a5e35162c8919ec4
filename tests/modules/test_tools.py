from datetime import UTC, date, datetime

import pytest

from cop.lib.errors import Refused
from members.models import Activity
from modules.models import ExposureCeiling, Tool, ToolReport
from modules.operations import tools
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.modules import ToolCategoryFactory, ToolFactory, ToolReportFactory
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOLD = {"version": "1.2", "used_on": date(2026, 11, 1), "interest": "user", "body": "It **worked**."}


@pytest.fixture
def verb():
    return VerbFactory(slug="tool-reported", points=2)


@pytest.fixture
def three():
    """One tool of each place, in the wrong order."""
    runners = ToolCategoryFactory(title="Runners", order=1)
    return [
        ToolFactory(name="vLLM", slug="vllm", category=runners, runs=["on-premises", "cloud"], exposure="on-premises"),
        ToolFactory(name="ollama", slug="ollama", category=runners, runs=["local"], exposure="local-only"),
        ToolFactory(name="Cursor", slug="cursor", runs=["local", "cloud"], exposure="vendor-cloud", is_open=False,
                    category=ToolCategoryFactory(title="Editors", order=2, no_open_known=True), maturity="emerging"),
    ]  # fmt: skip


def names(page):
    return [part.partition("<")[0] for part in page.split('class="link-title" href="/modules/tools/')[1:]]


def listed(client, query=""):
    page = client.get(f"/modules/tools/{query}").content.decode()
    return [part.partition(">")[2] for part in names(page)]


# The list


def test_tools_stand_in_the_order_of_the_alphabet_whatever_their_case(client):
    category = ToolCategoryFactory()
    for name in ("vLLM", "ollama", "Llama", "LM Studio"):
        ToolFactory(name=name, category=category)

    assert listed(client) == ["Llama", "LM Studio", "ollama", "vLLM"]


def test_no_filter_changes_the_order(client, three):
    assert listed(client, "?order=-name&sort=paid") == ["ollama", "vLLM", "Cursor"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?runs=local", ["ollama", "Cursor"]),
        ("?runs=on-premises", ["vLLM"]),
        ("?runs=cloud", ["vLLM", "Cursor"]),
        ("?open=1", ["ollama", "vLLM"]),
        ("?maturity=emerging", ["Cursor"]),
        ("?runs=cloud&open=1", ["vLLM"]),
        ("?runs=nonsense", []),
    ],
)
def test_filters_stand_in_the_address(client, three, query, shown):
    assert listed(client, query) == shown


def test_a_filter_by_category_shows_its_tools(client, three):
    assert listed(client, f"?category={three[2].category.slug}") == ["Cursor"]


def test_each_choice_says_how_many_it_leaves_under_the_other_filters(client, three):
    page = client.get("/modules/tools/?open=1").content.decode()

    assert '<a href="/modules/tools/?open=1&amp;runs=local"><span>On your own machine</span><span>1</span></a>' in page
    assert '<a href="/modules/tools/" aria-current="true"><span>Open source' in page


def test_nobody_can_pay_for_a_place_and_the_page_says_so(client, three):
    assert "nobody can pay for a place" in client.get("/modules/tools/").content.decode()


def test_each_category_names_its_open_tools_or_says_that_none_is_known(client, three):
    page = client.get("/modules/tools/?runs=cloud").content.decode()

    assert "Open source here: ollama, vLLM." in page
    assert "No open tool of this kind is known to us." in page


def test_tools_beyond_the_members_ceiling_are_left_out_and_can_be_shown(member_client, member, three):
    ExposureCeiling.objects.create(member=member, ceiling="local-only")

    page = member_client.get("/modules/tools/").content.decode()

    assert listed(member_client) == ["ollama"]
    assert "2 tools are left out, because data goes further than your ceiling, local only; you chose it." in page
    assert listed(member_client, "?above=1") == ["ollama", "vLLM", "Cursor"]
    assert "Data goes further than your ceiling." in member_client.get("/modules/tools/cursor/").content.decode()
    assert "Data goes further" not in member_client.get("/modules/tools/ollama/").content.decode()


def test_without_tools_the_page_says_what_will_be_here(client):
    assert "The tools will be here" in client.get("/modules/tools/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(rows, member_client, django_assert_num_queries):
    for _ in range(rows):
        ToolReportFactory(tool=ToolFactory())
    member_client.get("/modules/tools/")

    with django_assert_num_queries(5):
        page = member_client.get("/modules/tools/").content.decode()

    assert page.count("1 report") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_tool_costs_the_same_whatever_its_reports(rows, member_client, django_assert_num_queries):
    tool = ToolFactory(slug="ollama", skills=["local-models"])
    for _ in range(rows):
        ToolReportFactory(tool=tool)
    member_client.get("/modules/tools/ollama/")

    with django_assert_num_queries(6):
        page = member_client.get("/modules/tools/ollama/").content.decode()

    assert page.count("It did what it says.") == rows


def test_the_page_of_a_tool_shows_its_facts(client):
    SkillFactory(slug="local-models", title="Local models")
    ToolFactory(
        slug="ollama", name="Ollama", maker="Ollama Inc.", licence="MIT", maturity_reason="The usual first step.",
        skills=["local-models"], homepage="https://www.ollama.com/x", checked_on=date(2026, 11, 20), sees_secrets=True,
    )  # fmt: skip

    page = client.get("/modules/tools/ollama/").content.decode()

    said = ["Ollama Inc.", "MIT", "on your own machine", "Local only at the least: it stays on your machine",
            "Commodity: The usual first step.",
            "Local models", ">ollama.com</a>", "Facts checked on 20 November 2026",
            "Secrets or personal data may"]  # fmt: skip
    assert [words for words in said if words not in page] == []


def test_a_tool_whose_facts_nobody_looked_up_says_so(client):
    ToolFactory(slug="ollama", checked_on=None)

    assert "Facts not checked yet." in client.get("/modules/tools/ollama/").content.decode()


# Reports


def test_a_report_is_kept_with_clean_markdown_and_stands_in_the_ledger_once_per_version(verb, member):
    tool = ToolFactory(slug="ollama", name="Ollama")

    found = tools.report(tool, by=member, **TOLD | {"body": "It **worked** <script>x()</script>"}, now=NOW)
    tools.remove_report(found, by=member)
    tools.report(tool, by=member, **TOLD, now=NOW)
    tools.report(tool, by=member, **TOLD | {"version": " 1.3 "}, now=NOW)

    assert "<strong>worked</strong>" in found.html
    assert "<script>" not in found.html
    rows = Activity.objects.order_by("pk").values_list("verb", "object_key", "object_title", "points")
    assert list(rows) == [
        ("tool-reported", "ollama 1.2", "Ollama 1.2", 2), ("tool-reported", "ollama 1.3", "Ollama 1.3", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"version": " "}, "Write the version"),
        ({"version": "1" * 41}, "40 characters at most"),
        ({"used_on": None}, "Write the day"),
        ({"used_on": date(2026, 11, 22)}, "cannot lie in the future"),
        ({"interest": ""}, "what your interest"),
        ({"interest": "friend"}, "what your interest"),
        ({"body": " \n"}, "Write what you did"),
        ({"body": "a" * 4001}, "4,000 fit"),
    ],
)
def test_a_report_without_version_date_or_interest_is_refused(verb, member, missing, words):
    with pytest.raises(Refused, match=words):
        tools.report(ToolFactory(), by=member, **TOLD | missing, now=NOW)

    assert not ToolReport.objects.exists()


def test_today_in_the_members_time_zone_is_no_future(verb):
    late = datetime(2026, 11, 20, 13, tzinfo=UTC)  # Saturday in Auckland
    tomorrow = TOLD | {"used_on": date(2026, 11, 21)}

    tools.report(ToolFactory(), by=MemberFactory(time_zone="Pacific/Auckland"), **tomorrow, now=late)
    with pytest.raises(Refused, match="future"):
        tools.report(ToolFactory(), by=MemberFactory(time_zone="UTC"), **tomorrow, now=late)


def test_a_second_report_on_the_same_version_is_refused(verb, member):
    tool = ToolFactory(name="Ollama")
    tools.report(tool, by=member, **TOLD, now=NOW)

    with pytest.raises(Refused, match=r"You have reported on Ollama 1.2 already"):
        tools.report(tool, by=member, **TOLD | {"version": "1.2 "}, now=NOW)


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(verb, member_client):
    ToolFactory(slug="ollama")

    answer = member_client.post("/modules/tools/ollama/report/", {"body": "It worked for a week."})

    page = answer.content.decode()
    said = ["Write the version as the tool itself says it.", "Write the day on which you last used it.",
            "Say what your interest in this tool is.", "It worked for a week."]  # fmt: skip
    assert answer.status_code == 200
    assert [words for words in said if words not in page] == []


def test_a_report_stands_on_the_page_with_the_interest_first_and_vendor_staff_marked(verb, member_client):
    ToolFactory(slug="ollama")

    answer = member_client.post("/modules/tools/ollama/report/", TOLD | {"interest": "vendor"})

    page = member_client.get(answer["Location"]).content.decode()
    assert page.index(">Vendor</span>") < page.index("Works for its maker or sells it") < page.index("version 1.2")
    assert page.index("version 1.2") < page.index("<strong>worked</strong>")


def test_an_own_report_is_changed_and_removed_and_that_of_others_is_not_found(verb, member_client, member):
    tool = ToolFactory(slug="ollama")
    own, other = ToolReportFactory(tool=tool, member=member), ToolReportFactory(tool=tool)

    form = member_client.get(f"/modules/tools/ollama/report/{own.pk}/").content.decode()
    changed = member_client.post(f"/modules/tools/ollama/report/{own.pk}/", TOLD | {"version": "2.0"})
    strange = [
        member_client.get(f"/modules/tools/ollama/report/{other.pk}/").status_code,
        member_client.post(f"/modules/tools/ollama/report/{other.pk}/remove/").status_code,
    ]
    own.refresh_from_db()
    member_client.post(f"/modules/tools/ollama/report/{own.pk}/remove/")

    assert 'value="2026-05-01"' in form
    assert (changed.status_code, own.version, strange) == (302, "2.0", [404, 404])
    assert list(ToolReport.objects.all()) == [other]


def test_a_hidden_report_is_seen_by_its_author_alone_with_the_reason(client, member):
    report = ToolReportFactory(tool=ToolFactory(slug="ollama"), member=member)
    tools.hide_report(report, reason="It praises a price.")
    pages = [client.get("/modules/tools/ollama/").content.decode()]
    client.force_login(member)
    pages.append(client.get("/modules/tools/ollama/").content.decode())
    tools.show_report(report)
    client.logout()
    pages.append(client.get("/modules/tools/ollama/").content.decode())

    assert ["It did what it says." in page for page in pages] == [False, True, True]
    assert "It praises a price." in pages[1]


def test_hiding_without_a_reason_is_refused():
    with pytest.raises(Refused, match="why"):
        tools.hide_report(ToolReportFactory(), reason=" ")


def test_reporting_signed_out_leads_to_the_login(client):
    ToolFactory(slug="ollama")

    assert client.get("/modules/tools/ollama/report/")["Location"].startswith("/accounts/login/")


# Admin


def tool_fields(category, **fields):
    return {
        "name": "Ollama", "slug": "ollama", "category": category.pk, "maker": "Ollama Inc.", "licence": "MIT",
        "runs": ["local"], "exposure": "local-only", "maturity": "commodity", "maturity_reason": "", "summary": "Runs.",
        "homepage": "", "checked_on": "2026-11-20",
    } | fields  # fmt: skip


def test_the_admin_refuses_a_first_tool_that_is_not_open_and_takes_an_open_one(organizer_client):
    SkillFactory(slug="local-models")
    category = ToolCategoryFactory()

    refused = organizer_client.post("/admin/modules/tool/add/", tool_fields(category))
    taken = organizer_client.post(
        "/admin/modules/tool/add/", tool_fields(category, is_open="on", skills=["local-models"])
    )

    assert "No open tool stands here. Add one, or tick that no open one is known." in refused.content.decode()
    assert taken.status_code == 302
    assert Tool.objects.values_list("name", "runs", "skills").get() == ("Ollama", ["local"], ["local-models"])


def test_the_last_open_tool_of_a_category_cannot_be_taken_away(organizer_client):
    last = ToolFactory()
    ToolFactory(category=last.category, is_open=False)

    assert organizer_client.post(f"/admin/modules/tool/{last.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Tool.objects.count() == 2


def test_a_category_says_that_no_open_tool_is_known_only_where_that_is_so(organizer_client):
    category = ToolFactory().category
    fields = {"title": "Runners", "slug": "runners", "order": 1, "text": "", "no_open_known": "on"}

    answer = organizer_client.post(f"/admin/modules/toolcategory/{category.pk}/change/", fields)

    assert "An open tool stands here" in answer.content.decode()


def test_organizers_hide_and_show_reports_in_the_admin(organizer_client):
    report = ToolReportFactory()
    address = "/admin/modules/toolreport/"

    organizer_client.post(address, {"action": "hide", "_selected_action": [report.pk]})
    report.refresh_from_db()
    hidden = report.hidden_at
    organizer_client.post(address, {"action": "show", "_selected_action": [report.pk]})
    report.refresh_from_db()

    assert (hidden is not None, report.hidden_at) == (True, None)
