"""The kinds of work done elsewhere that can be claimed, so that invisible work counts too. After the vocabulary of
all-contributors, in own words; each is written into the ledger with its verb when somebody confirms it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimKind:
    """title: in the list to choose from. act: what the ledger says, without a word of the member's own."""

    slug: str
    title: str
    verb: str
    act: str


KINDS = (
    ClaimKind("talk", "A talk or workshop", "talk-given", "Talk or workshop elsewhere"),
    ClaimKind("code", "Code that was merged", "code-merged", "Code merged elsewhere"),
    ClaimKind("documentation", "Documentation", "documentation-written", "Documentation elsewhere"),
    ClaimKind("writing", "An article, a book chapter or a post", "documentation-written", "Article elsewhere"),
    ClaimKind("translation", "A translation", "translation-made", "Translation elsewhere"),
    ClaimKind("design", "Design: drawings, pages, accessibility", "design-made", "Design elsewhere"),
    ClaimKind("review", "Reviewing others’ work", "review-given", "Review elsewhere"),
    ClaimKind("testing", "Testing, and telling what breaks", "testing-done", "Testing elsewhere"),
    ClaimKind("question", "Answering questions in a forum or chat", "answer-accepted", "Answers elsewhere"),
    ClaimKind("mentoring", "Mentoring somebody", "mentoring-meeting-held", "Mentoring elsewhere"),
    ClaimKind("teaching", "Course material or teaching", "lab-contributed", "Course material elsewhere"),
    ClaimKind("research", "Research, data or a study", "research-shared", "Research elsewhere"),
    ClaimKind(
        "infrastructure", "Keeping servers, builds or tools running", "infrastructure-kept", "Infrastructure work"
    ),
    ClaimKind("organising", "Organising a meeting or a group", "work-organised", "Organising elsewhere"),
    ClaimKind("moderation", "Moderating, welcoming, settling disputes", "work-organised", "Moderation elsewhere"),
    ClaimKind("funding", "Finding money or rooms", "work-organised", "Money or rooms found"),
    ClaimKind("lesson", "A lesson from something that failed", "lesson-shared", "Lesson from a failure"),
)
BY_SLUG = {kind.slug: kind for kind in KINDS}
CHOICES = [(kind.slug, kind.title) for kind in KINDS]
