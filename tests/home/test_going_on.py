from datetime import timedelta

import pytest
from django.utils import timezone

from cop.home.queries.dashboard import dashboard
from modules.models import SyllabusItem
from modules.operations import progress, reading
from tests.factories.modules import SECTIONED, PublishedModuleFactory, SyllabusItemFactory, concept, learning_verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    learning_verbs()
    return concept(PublishedModuleFactory(slug="security"), slug="walls", title="Walls", body=SECTIONED)


def test_the_dashboard_leads_to_the_exact_section_where_one_stopped(article, member, member_client):
    reading.keep_place("article", "security/walls", section="do", by=member)

    step = dashboard(member).step

    assert (step.title, step.address, step.action) == ("Finish “Walls”", "/modules/security/walls/#do", "Go on reading")
    assert step.text.startswith("You were at “Do it” today at ")
    assert 'href="/modules/security/walls/#do"' in member_client.get("/dashboard/").content.decode()


def test_the_dashboard_leads_to_the_exact_step_of_a_lab(article, member):
    lab = SyllabusItemFactory(module=article.module, key="try", title="Try it")
    progress.start(lab, by=member, resume="/labs/try/run/")
    reading.keep_place("article", "security/walls", section="do", by=member, now=timezone.now() - timedelta(hours=1))
    reading.keep_place("lab", "try", section="step-two", title="Two", by=member)

    step = dashboard(member).step

    assert (step.address, step.action) == ("/labs/try/run/#step-two", "Continue the lab")


def test_what_is_finished_is_not_gone_on_with(article, member):
    reading.keep_place("article", "security/walls", section="do", by=member)
    progress.complete(SyllabusItem.objects.get(), by=member)

    assert "#do" not in dashboard(member).step.address
