import pytest
import time_machine

from cop.lib.errors import Refused
from labs.models import LabRun
from labs.operations.running import AboveCeiling, start
from labs.operations.writing import save_lab
from labs.queries.catalogue import catalogue
from modules.models import OrganisationCeiling
from modules.operations.exposure import set_ceiling
from tests.factories.labs import lab, step, written_lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, learning_verbs
from tests.kept import kept_for_many

pytestmark = pytest.mark.django_db
WARNING = "This lab goes further than your ceiling"


@pytest.fixture(scope="module", autouse=True)
def labs(django_db_setup, django_db_blocker):
    """Four labs, made once for the tests of this file."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            four_labs()
        yield


def four_labs():
    learning_verbs()
    module = PublishedModuleFactory(title="Security")
    lab("paper", module=module, title="On paper", exposure="none", order=1)
    lab("home", module=module, title="At home", exposure="local-only", order=2)
    lab("cloud", module=module, title="In the cloud", exposure="vendor-cloud", order=3,
        local_alternative="Use the stub server.")  # fmt: skip
    lab("public", module=module, title="In public", exposure="public-service", order=4, may_show_secrets=True)


@pytest.fixture
def careful(member):
    """A member whose ceiling is “local only”."""
    set_ceiling(member, "local-only")
    return member


def page(client, address):
    return client.get(address).content.decode()


def listed(client, query=""):
    text = page(client, f"/labs/{query}")
    return [slug for slug in ["paper", "home", "cloud", "public"] if f'href="/labs/{slug}/"' in text]


def open_anyway(client, slug="public", then="detail"):
    return client.post(f"/labs/{slug}/open-anyway/", {"then": then})


def test_without_a_ceiling_the_list_hides_nothing(member_client, client):
    assert listed(member_client) == listed(client) == ["paper", "home", "cloud", "public"]
    assert "further than your ceiling" not in page(member_client, "/labs/")


def test_the_list_hides_what_goes_further_and_says_how_many(careful, member_client):
    assert listed(member_client) == ["paper", "home"]
    text = page(member_client, "/labs/")
    assert '2 labs go further than your ceiling (local only): <a href="?all=1">show them</a>' in text
    assert "Public service" not in text


def test_all_labs_are_shown_on_wish_and_marked(careful, member_client):
    assert listed(member_client, "?all=1") == ["paper", "home", "cloud", "public"]
    text = page(member_client, "/labs/?all=1")
    assert text.count("above your ceiling") == 2
    assert '<a href="?">hide them</a>' in text


def test_the_wish_to_see_all_stays_in_the_filters(careful, member_client):
    assert 'href="/labs/?exposure=vendor-cloud&amp;all=1"' in page(member_client, "/labs/?all=1")
    assert listed(member_client, "?all=1&exposure=vendor-cloud") == ["cloud"]


def test_the_line_counts_what_the_filter_leaves(careful, member_client):
    found = catalogue(careful, {"exposure": "public-service"})

    assert (found.labs, found.further, found.query) == ([], 1, "exposure=public-service&all=1")


def test_the_ceiling_of_the_organisation_hides_too(client):
    member = MemberFactory(organisation="Lattice Works")
    OrganisationCeiling.objects.create(organisation="Lattice Works", ceiling="none", reason="Contract of 2026.")
    client.force_login(member)

    text = page(client, "/labs/home/")

    assert listed(client) == ["paper"]
    assert WARNING in text
    assert "Yours is “none”: a rule of Lattice Works. Contract of 2026." in text


@pytest.mark.parametrize("address", ["/labs/public/", "/labs/public/?steps=all"])
def test_a_direct_link_shows_the_warning_page_first(careful, member_client, address):
    answer = member_client.get(address)

    text = answer.content.decode()
    assert answer.status_code == 200
    for words in [
        WARNING, "may send text to a public service.", "Text goes to a public service that may keep it.",
        "Secrets or personal data could appear",
        "Yours is “local only”: you chose it.", "None is known.", "Open it anyway",
    ]:  # fmt: skip
        assert words in text
    assert "What you end with" not in text


def test_the_warning_names_the_local_way(careful, member_client):
    assert "<p>Use the stub server.</p>" in page(member_client, "/labs/cloud/")


@pytest.mark.parametrize("slug", ["paper", "home"])
def test_a_lab_within_the_ceiling_opens_at_once(careful, member_client, slug):
    assert WARNING not in page(member_client, f"/labs/{slug}/")


def test_opened_anyway_it_is_not_asked_about_again_today(careful, member_client):
    answer = open_anyway(member_client)

    assert answer["Location"] == "/labs/public/"
    assert WARNING not in page(member_client, "/labs/public/")
    assert WARNING in page(member_client, "/labs/cloud/")


def test_the_next_day_it_is_asked_again(careful, client):
    with time_machine.travel("2026-11-20 12:00", tick=False):
        client.force_login(careful)
        open_anyway(client)
        today = page(client, "/labs/public/")
    with time_machine.travel("2026-11-21 12:00", tick=False):
        tomorrow = page(client, "/labs/public/")

    assert WARNING not in today
    assert WARNING in tomorrow


def test_a_lower_ceiling_asks_again(careful, member_client):
    open_anyway(member_client)
    set_ceiling(careful, "none")

    assert WARNING in page(member_client, "/labs/public/")


def test_starting_is_refused_the_same_way_until_it_is_confirmed(careful, member_client):
    refused = member_client.post("/labs/public/start/")
    before = LabRun.objects.count()

    started = open_anyway(member_client, then="start")

    assert refused.status_code == 200
    assert WARNING in refused.content.decode()
    assert "Start it anyway" in refused.content.decode()
    assert before == 0
    assert started["Location"] == "/labs/public/run/"
    assert LabRun.objects.get().lab.slug == "public"
    assert WARNING not in page(member_client, "/labs/public/run/")


def test_a_run_above_a_ceiling_that_came_later_warns_first(member, member_client):
    start(lab("other", exposure="vendor-cloud"), by=member)
    set_ceiling(member, "none")

    warned = page(member_client, "/labs/other/run/")
    answer = open_anyway(member_client, "other", "run")

    assert WARNING in warned
    assert answer["Location"] == "/labs/other/run/"
    assert WARNING not in page(member_client, "/labs/other/run/")


def test_the_operation_refuses_to_start_above_the_ceiling(careful):
    public = lab("more", exposure="public-service")

    with pytest.raises(AboveCeiling, match="This lab goes further than “local only”: you chose it"):
        start(public, by=careful)

    assert start(public, by=careful, above_ceiling_is_fine=True).lab == public


def test_opening_anyway_needs_a_button_and_a_log_in(careful, member_client, client):
    assert member_client.get("/labs/public/open-anyway/").status_code == 405
    assert open_anyway(client)["Location"] == "/accounts/login/?next=/labs/public/"


def test_visitors_are_not_asked(client):
    assert WARNING not in page(client, "/labs/public/")


def test_publishing_without_a_class_is_refused():
    with pytest.raises(Refused, match="It still needs a data exposure class"):
        written_lab("nothing", exposure="")


@pytest.mark.parametrize("exposure", ["on-premises", "vendor-cloud", "public-service"])
def test_a_lab_above_local_needs_a_local_alternative_or_the_word_that_none_is_known(exposure):
    with pytest.raises(Refused, match="It still needs a local alternative"):
        written_lab("bare", exposure=exposure, local_alternative=" ")

    assert written_lab("said", exposure=exposure, local_alternative="None is known.").is_published


@pytest.mark.parametrize("exposure", ["none", "local-only"])
def test_a_lab_that_stays_at_home_needs_no_alternative(exposure):
    assert written_lab("bare", exposure=exposure, local_alternative="").is_published


def test_a_published_lab_that_comes_to_go_further_without_an_alternative_is_refused():
    made = lab("moving", exposure="none", local_alternative="")

    with pytest.raises(Refused, match="It still needs a local alternative"):
        save_lab(module=made.module, slug="moving", steps=[step("plant")], exposure="public-service")

    made.refresh_from_db()
    assert made.exposure == "none"


@pytest.mark.parametrize(
    ("slug", "words"),
    [("public", "Secrets or personal data could appear"), ("home", "No secrets and no personal data")],
)
def test_a_lab_says_whether_secrets_or_personal_data_could_appear(client, slug, words):
    assert words in page(client, f"/labs/{slug}/")
