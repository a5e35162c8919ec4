"""A form of the learning part that is sent 24 times in one moment counts once, and breaks for nobody."""

import pytest
from django.utils import timezone

from editorial.models import Decision, Revision, SectionComment, Text
from editorial.operations import drafts, proposals
from labs.models import LabFeedback, PathEnrolment, RanIt, Submission
from labs.models import Review as GivenReview
from labs.operations.contributing import propose_lab
from labs.rubric import criteria
from members.models import Activity, Notice
from modules.forms.checks import sign
from modules.models import (
    Bookmark,
    CheckAttempt,
    ExternalResource,
    ItemProgress,
    ResourceCompletion,
    ResourceNote,
    SyllabusItem,
    ToolReport,
)
from tests.factories.labs import contribution, lab
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.modules import (
    PublishedModuleFactory,
    ResourceFactory,
    ToolFactory,
    check_verbs,
    check_with,
    concept,
)
from tests.factories.paths import item, path, path_verbs
from tests.factories.reviews import finished_run, handed_in, mentor, review_verbs
from tests.site.crowd import TIMES, gathered, press
from tests.site.learning_world import PIECES, REPORT, VERBS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def crowd():
    with gathered():
        yield


@pytest.fixture(autouse=True)
def verbs(transactional_db):
    check_verbs(), review_verbs(), path_verbs()
    for verb in VERBS:
        VerbFactory(slug=verb, points=1)


@pytest.fixture
def module():
    made = PublishedModuleFactory(slug="security")
    made.stewards.add(MemberFactory(handle="stan"))
    return made


def credited(verb):
    return Activity.objects.filter(verb=verb).count()


def test_a_passed_check_takes_three_tries_and_counts_once(module, member):
    check = check_with(module, slug="after", questions=1)
    data = {"seed": sign(7, check, member.pk), "q-q0": "a"}

    answers = press(member, "/modules/security/checks/after/", lambda: data)

    assert answers == {302: 3, 409: TIMES - 3}
    assert (CheckAttempt.objects.count(), credited("check-passed")) == (3, 1)


def test_a_tool_is_reported_once(member):
    ToolFactory(slug="tool")

    answers = press(member, "/modules/tools/tool/report/", lambda: REPORT)

    assert answers == {302: 1, 200: TIMES - 1}
    assert (ToolReport.objects.count(), credited("tool-reported")) == (1, 1)


def test_a_resource_is_done_and_said_on_once(module, member):
    ResourceFactory(slug="shown", module=module)

    done = press(member, "/modules/resources/shown/done/", dict)
    said = press(member, "/modules/resources/shown/note/", lambda: {"text": "Good."})

    assert done == said == {302: TIMES}
    assert (ResourceCompletion.objects.count(), ResourceNote.objects.count()) == (1, 1)
    assert credited("resource-completed") == 1


def test_a_suggestion_is_accepted_and_credited_once(module, member):
    ResourceFactory(slug="asked", module=module, status="suggested", suggested_by=member)

    answers = press(module.stewards.get(), "/modules/resources/asked/accept/", dict)

    assert answers == {302: 1, 409: TIMES - 1}
    assert credited("resource-accepted") == 1
    assert Notice.objects.filter(member=member).count() == 1


def test_different_pages_of_one_title_break_for_nobody(module, member):
    numbers = iter(range(100))
    data = {"title": "New", "kind": "course", "module": module.pk, "level": "beginner", "hours": "2", "cost": "free"}

    answers = press(
        member, "/modules/resources/suggest/",
        lambda: data | {"why": "Good.", "url": f"https://example.org/{next(numbers)}"},
    )  # fmt: skip

    assert set(answers) <= {200, 302}
    assert ExternalResource.objects.count() == answers[302] >= 1


def test_the_limit_of_bookmarks_holds(member):
    Bookmark.objects.bulk_create(Bookmark(member=member, address=f"/{n}/", title="x") for n in range(490))
    numbers = iter(range(1000, 1100))

    press(member, "/me/learning/bookmark/", lambda: {"address": f"/{next(numbers)}/", "keep": "1", "title": "x"})

    assert Bookmark.objects.count() == 500


def test_work_with_other_words_each_time_is_one_round(module, member):
    finished_run(lab("count", module=module), member)
    numbers = iter(range(100))

    answers = press(member, "/labs/count/hand-in/", lambda: PIECES | {"text": f"Way {next(numbers)}"})

    assert answers == {302: 1, 200: TIMES - 1}
    assert Submission.objects.get().rounds.count() == 1


def test_one_review_through_the_page_counts_once(module, member):
    work, reviewer = handed_in(lab("count", module=module), member), mentor()

    marks = {f"mark_{number}": "2" for number, _ in enumerate(criteria(work.lab.rubric))}
    decision = marks | {"round": "1", "comment": "Good.", "decision": "accepted"}

    claimed = press(reviewer, f"/labs/reviews/{work.pk}/claim/", dict)
    answers = press(reviewer, f"/labs/reviews/{work.pk}/", lambda: decision)

    assert claimed == {302: TIMES}
    assert answers == {302: 1, 409: TIMES - 1}
    assert credited("work-accepted") == credited("review-given") == GivenReview.objects.count() == 1


def test_feedback_is_kept_once_and_a_broken_step_reported_once(module, member):
    finished_run(lab("count", module=module), member)

    rated = press(member, "/labs/count/feedback/", lambda: {"clarity": "4", "usefulness": "5", "minutes": "30"})
    reported = press(member, "/labs/count/steps/plant/report/", lambda: {"text": "It breaks."})

    assert rated == {302: TIMES}
    assert reported == {302: 1, 200: TIMES - 1}
    assert LabFeedback.objects.count() == 1


def test_a_path_is_followed_and_completed_once(module, member):
    lab("count", module=module)
    path("architect", items=[item("count")], publish=True)
    now = timezone.now()
    ItemProgress.objects.create(
        member=member, item=SyllabusItem.objects.get(), state="done", started_at=now, done_at=now
    )

    answers = press(member, "/paths/architect/follow/", dict)

    assert answers == {302: TIMES}
    assert PathEnrolment.objects.count() == 1
    assert credited("path-completed") == 1


@pytest.fixture
def text(module):
    concept(module, slug="concept", body="## Why\n\nBecause.\n\n## How\n\nSo.\n")
    return Text.objects.get(kind="article", key="security/concept")


def proposed(text, writer):
    begun = drafts.begin(text, by=writer)
    begun = drafts.save(begun, content=begun.content.replace("So.", "So it is."), by=writer, edition=1)
    return proposals.propose(begun, by=writer, note="Clearer")


def test_a_change_that_is_sent_at_once_is_one_draft_and_no_words_are_lost(text, member):
    content, numbers = text.revisions.get().content, iter(range(100))

    answers = press(
        member, "/texts/article/security/concept/propose/",
        lambda: {"content": f"{content}\nWay {next(numbers)}.\n", "note": "More", "change": "minor", "base": "1",
                 "edition": "0", "do": "save"},
    )  # fmt: skip

    draft = Revision.objects.get(status="draft")
    assert set(answers) <= {302, 409}
    assert 1 + draft.kept_texts.count() == TIMES


def test_a_change_is_accepted_once(text, module, member):
    waits = proposed(text, member)

    answers = press(
        module.stewards.get(), f"/texts/changes/{waits.pk}/decide/", lambda: {"do": "accept", "edition": waits.edition}
    )

    assert answers == {302: 1, 409: TIMES - 1}
    assert credited("fix-accepted") == 1
    assert Decision.objects.filter(kind="accepted", revision=waits).count() == 1


def test_an_old_version_is_proposed_once_and_a_remark_made_once(text, module, member):
    waits = proposed(text, member)
    proposals.accept(waits, by=module.stewards.get())

    answers = press(member, f"/texts/changes/{text.revisions.get(number=1).pk}/restore/", lambda: {"note": "Better"})
    back = Revision.objects.get(status="proposed")
    remarked = press(member, f"/texts/changes/{back.pk}/remark/", lambda: {"section": "", "body": "Why?"})

    assert answers == remarked == {302: TIMES}
    assert SectionComment.objects.count() == 1


def test_the_limit_of_drafts_holds(module, member):
    for number in range(25):
        propose_lab(module=module, fields=contribution(title=f"Lab {number}"), by=member)

    answers = press(
        member, "/labs/contribute/", lambda: {"title": "One more", "module": module.pk, "licence": "CC0-1.0"}
    )

    assert answers == {302: 5, 200: TIMES - 5}
    assert Text.objects.filter(kind="lab").count() == 30


def test_who_ran_a_lab_says_so_once(module, member):
    writer = MemberFactory()
    waits = proposals.propose(propose_lab(module=module, fields=contribution(), by=writer), by=writer)

    answers = press(member, f"/labs/tries/{waits.pk}/", lambda: {"worked": "1", "minutes": "5", "text": "Here."})

    assert answers == {302: TIMES}
    assert RanIt.objects.count() == 1
