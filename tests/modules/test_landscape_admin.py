import pytest

from modules.models import Check, LearningRules, Question
from modules.operations.checks import take
from modules.queries.rules import learning_rules
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory, PublishedModuleFactory, answers_with, check_with, choice, concept

pytestmark = pytest.mark.django_db
LINES = "* Here\nThere"


def form_of(check, answers=LINES, **fields):
    """What the admin sends for a check with one question."""
    question = check.questions.get() if check else None
    module = check.module if check else PublishedModuleFactory()
    return {
        "module": module.pk, "article": "", "title": "Walls", "slug": "walls", "minutes": "5", "stage": "alone",
        "before": "", "required": "on", "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "1" if check else "0",
        "questions-MIN_NUM_FORMS": "0", "questions-MAX_NUM_FORMS": "1000",
        "questions-0-id": question.pk if question else "", "questions-0-check_in": check.pk if check else "",
        "questions-0-order": "1", "questions-0-kind": "choice", "questions-0-text": "Where does it run?",
        "questions-0-answers": answers, "questions-0-explanation": "Because.", "questions-0-key": "where",
    } | fields  # fmt: skip


def test_a_steward_writes_a_check_with_lines_instead_of_keys_and_publishes_it(organizer_client):
    answer = organizer_client.post("/admin/modules/check/add/", form_of(None))
    check = Check.objects.get()

    organizer_client.post("/admin/modules/check/", {"action": "publish", "_selected_action": [check.pk]})

    assert answer.status_code == 302
    assert Question.objects.values_list("options", "answer").get() == (
        [{"key": "a", "text": "Here"}, {"key": "b", "text": "There"}], ["a"],
    )  # fmt: skip
    check.refresh_from_db()
    assert check.is_published


def test_the_form_shows_the_answers_as_lines(organizer_client):
    check = check_with(questions=[choice("where")])

    page = organizer_client.get(f"/admin/modules/check/{check.pk}/change/").content.decode()

    assert "* On your machine\nIn a cloud</textarea>" in page


def test_a_published_check_keeps_a_right_answer_in_each_question(organizer_client):
    check = check_with(questions=[choice("where")])

    answer = organizer_client.post(f"/admin/modules/check/{check.pk}/change/", form_of(check, "Here\nThere"))

    assert "This check is published, and it has no right option." in answer.content.decode()
    assert Question.objects.get().answer == ["a"]


def test_publishing_a_draft_without_a_right_answer_says_which_question(organizer_client):
    check = check_with(questions=[choice("where", answer=[])], publish=False)

    page = organizer_client.post(
        "/admin/modules/check/", {"action": "publish", "_selected_action": [check.pk]}, follow=True
    ).content.decode()

    assert "the question “Where does a local model run?” cannot be marked, because it has no right option" in page


def test_a_published_check_whose_last_question_goes_becomes_a_draft(organizer_client):
    check = check_with(questions=[choice("where")])

    page = organizer_client.post(
        f"/admin/modules/check/{check.pk}/change/", form_of(check, **{"questions-0-DELETE": "on"}), follow=True
    ).content.decode()

    check.refresh_from_db()
    assert "Your changes are kept, but the check is a draft now." in page
    assert (check.is_published, check.module.items.placed().exists()) == (False, False)


def test_an_article_of_another_module_and_a_pair_of_two_afters_are_refused(organizer_client):
    check, other = check_with(questions=[choice("where")]), check_with(slug="other", stage="after")
    article = concept(PublishedModuleFactory())

    page = organizer_client.post(
        f"/admin/modules/check/{check.pk}/change/", form_of(check, article=article.pk, stage="after", before=other.pk)
    ).content.decode()

    assert "This article belongs to another module." in page
    assert "Choose a check that is taken before the reading." in page


def test_the_list_shows_a_mean_score_from_five_members_on_and_attempts_name_nobody(organizer_client):
    check = check_with(stage="before")
    pages = []
    for right in (4, 4, 4, 4, 9):
        member = MemberFactory(name="Ines Carvalho")
        take(check, by=member, answers=answers_with(right), seed=1)
        pages.append(organizer_client.get("/admin/modules/check/").content.decode())

    assert ["shown from five members on" in page for page in pages] == [True, True, True, True, False]
    assert "50 percent" in pages[-1]
    assert "Ines Carvalho" not in organizer_client.get("/admin/modules/checkattempt/").content.decode()


def test_organizers_change_the_rules_about_learning(organizer_client):
    learning_rules()
    fields = {"pass_percent": 60, "attempts_a_day": 2, "look_every_days": 7, "dead_after": 2, "review_months": 6}
    organizer_client.get("/admin/modules/learningrules/")

    organizer_client.post("/admin/modules/learningrules/1/change/", fields)

    assert (LearningRules.objects.get().pass_percent, learning_rules().attempts_a_day) == (60, 2)


@pytest.mark.parametrize("slug", ["checks", "resources", "tools"])
def test_a_module_takes_no_address_of_another_page(organizer_client, slug):
    fields = {
        "title": "Tools", "slug": slug, "order": 1, "promise": "After this you can.", "summary": "It is.", "hours": "2",
        "level": "beginner", "glyph": "ai", "subtopics-TOTAL_FORMS": 0, "subtopics-INITIAL_FORMS": 0,
    }  # fmt: skip

    page = organizer_client.post("/admin/modules/module/add/", fields).content.decode()

    assert f"“{slug}” is the address of another page." in page
    assert not ModuleFactory._meta.model.objects.exists()
