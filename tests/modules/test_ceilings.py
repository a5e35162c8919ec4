import pytest

from cop.lib.errors import Refused
from modules.exposure import Exposure
from modules.models import ExposureCeiling, OrganisationCeiling
from modules.operations.exposure import remove_ceiling, set_ceiling
from modules.queries.ceilings import NO_CEILING, Ceiling, ceiling_of, choice_of
from modules.queries.standing import next_item, standing
from tests.factories.members import MemberFactory, PersonaFactory
from tests.factories.modules import ItemProgressFactory, PublishedModuleFactory, SyllabusItemFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/me/learning/ceiling/"


def choose(client, ceiling, **more):
    return client.post(ADDRESS, {"ceiling": ceiling, **more}, follow=True)


def test_without_a_ceiling_everything_is_allowed(member):
    ceiling = ceiling_of(member)

    assert ceiling == NO_CEILING == ceiling_of(None)
    assert ceiling.allowed == Exposure.values


@pytest.mark.parametrize(
    ("ceiling", "allowed"),
    [
        ("none", ["none"]),
        ("local-only", ["none", "local-only"]),
        ("vendor-cloud", ["none", "local-only", "on-premises", "vendor-cloud"]),
        ("public-service", ["none", "local-only", "on-premises", "vendor-cloud", "public-service"]),
    ],
)
def test_a_ceiling_allows_what_goes_as_far_and_less(member, ceiling, allowed):
    set_ceiling(member, ceiling)

    assert ceiling_of(member).allowed == allowed
    assert ceiling_of(member).allows("")


def test_setting_a_ceiling_again_changes_the_one_row_and_keeps_its_day_where_nothing_changes(member):
    first = set_ceiling(member, "local-only")
    same = set_ceiling(member, "local-only")
    other = set_ceiling(member, "on-premises")

    assert (same.pk, same.set_at) == (first.pk, first.set_at)
    assert other.set_at > first.set_at
    assert ExposureCeiling.objects.get().ceiling == "on-premises"


@pytest.mark.parametrize("ceiling", ["", "everywhere"])
def test_a_class_that_is_not_known_is_refused(member, ceiling):
    with pytest.raises(Refused, match="Choose one of the classes"):
        set_ceiling(member, ceiling)

    assert not ExposureCeiling.objects.exists()


def test_a_removed_ceiling_limits_nothing_and_removing_twice_changes_nothing(member):
    set_ceiling(member, "none")

    remove_ceiling(member)
    remove_ceiling(member)

    assert ceiling_of(member) == NO_CEILING


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        ("vendor-cloud", "local-only", Ceiling("local-only", "a rule of Lattice Works", "Contract of 2026")),
        ("none", "local-only", Ceiling("none", "you chose it")),
        ("local-only", "local-only", Ceiling("local-only", "you chose it")),
        ("", "on-premises", Ceiling("on-premises", "a rule of Lattice Works", "Contract of 2026")),
    ],
)
def test_the_lower_of_own_and_organisations_ceiling_holds(own, theirs, expected, django_assert_num_queries):
    member = MemberFactory(organisation="Lattice Works")
    OrganisationCeiling.objects.create(organisation="lattice works", ceiling=theirs, reason="Contract of 2026")
    OrganisationCeiling.objects.create(organisation="Others", ceiling="none")
    if own:
        set_ceiling(member, own)

    with django_assert_num_queries(1):
        assert ceiling_of(member) == expected


def test_a_persona_proposes_a_ceiling_that_limits_nothing():
    member = MemberFactory(persona=PersonaFactory(exposure_ceiling="on-premises"))

    choice = choice_of(member)

    assert (choice.chosen, choice.proposed_label, choice.effective) == ("on-premises", "On premises", NO_CEILING)
    assert ceiling_of(member) == NO_CEILING


def test_ones_own_ceiling_stands_in_the_form_before_the_personas_proposal():
    member = MemberFactory(persona=PersonaFactory(exposure_ceiling="on-premises"))
    set_ceiling(member, "none")

    assert choice_of(member).chosen == "none"


def test_the_page_proposes_and_says_what_holds(client):
    member = MemberFactory(persona=PersonaFactory(exposure_ceiling="local-only"), organisation="Lattice Works")
    OrganisationCeiling.objects.create(
        organisation="Lattice Works", ceiling="vendor-cloud", reason="Only where a contract covers it."
    )
    client.force_login(member)

    page = client.get(ADDRESS).content.decode()

    assert 'value="local-only" checked' in page
    assert "“Local only” is proposed for the kind of work that you chose as yours; it counts when you save it." in page
    assert "Lattice Works lets data go no further than “vendor cloud”." in page
    assert "Only where a contract covers it." in page
    assert "“Vendor cloud” holds now: a rule of Lattice Works" in page


def test_the_page_saves_and_removes_the_ceiling(member_client, member):
    saved = choose(member_client, "local-only").content.decode()
    first = ceiling_of(member).value
    removed = choose(member_client, "").content.decode()

    assert "Your ceiling is “local only” now (you chose it). Lists hide what goes further." in saved
    assert "No ceiling holds for you now." in removed
    assert (first, ceiling_of(member).value) == ("local-only", "")


def test_a_class_that_the_form_does_not_have_is_refused_by_the_page(member_client, member):
    answer = choose(member_client, "everywhere")

    assert answer.status_code == 200
    assert "everywhere is not one of the available choices" in answer.content.decode()
    assert ceiling_of(member) == NO_CEILING


@pytest.mark.parametrize(("way", "lands"), [("/labs/", "/labs/"), ("https://evil.example/", ADDRESS)])
def test_the_page_leads_back_on_this_site_only(member_client, way, lands):
    answer = member_client.post(ADDRESS, {"ceiling": "none", "next": way})

    assert answer["Location"] == lands


def test_signed_out_the_page_leads_to_the_login(client, db):
    assert client.get(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_an_organizer_keeps_the_ceilings_of_organisations(organizer_client):
    form = {"organisation": "Lattice Works", "ceiling": "local-only", "reason": "Contract"}
    made = organizer_client.post("/admin/modules/organisationceiling/add/", form)
    again = organizer_client.post("/admin/modules/organisationceiling/add/", form | {"organisation": "LATTICE works"})

    assert made.status_code == 302
    assert "This organisation has a ceiling already." in again.content.decode()
    assert OrganisationCeiling.objects.get().ceiling == "local-only"


def test_a_rung_above_the_ceiling_says_so(member):
    module = PublishedModuleFactory()
    SyllabusItemFactory(module=module, key="cloud", exposure="public-service", order=1)
    SyllabusItemFactory(module=module, key="paper", exposure="none", order=2)
    set_ceiling(member, "local-only")

    assert [step.above_ceiling for step in standing(module, member).steps] == [True, False]
    assert [step.above_ceiling for step in standing(module, None).steps] == [False, False]


def test_the_next_thing_to_do_is_within_the_ceiling(member):
    module = PublishedModuleFactory()
    SyllabusItemFactory(module=module, key="cloud", exposure="public-service", order=1)
    paper = SyllabusItemFactory(module=module, key="paper", exposure="none", order=2)
    first = next_item(member).key
    set_ceiling(member, "local-only")

    assert (first, next_item(member)) == ("cloud", paper)
    assert standing(module, member).next.item == paper


def test_nothing_is_next_where_all_goes_further_than_the_ceiling(member):
    SyllabusItemFactory(module=PublishedModuleFactory(), exposure="public-service")
    set_ceiling(member, "none")

    assert next_item(member) is None


def test_what_was_begun_before_the_ceiling_was_lowered_can_be_gone_on_with(member):
    cloud = SyllabusItemFactory(module=PublishedModuleFactory(), exposure="public-service")
    ItemProgressFactory(member=member, item=cloud, state="started")
    set_ceiling(member, "none")

    assert next_item(member) == cloud
