"""The stewards' desk: the list of skills with its totals and proposals, and what members say on each other's skills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest

from cop.lib import words
from cop.lib.errors import Refused
from cop.site.admin import LogAdmin, SavesChangedFields
from members.audience import ME
from members.models import Endorsement, Member, MemberSkill, Skill, Validation
from members.operations import directory, endorsements, skills
from members.queries.skills import key_of, with_totals


class SkillForm(forms.ModelForm[Skill]):
    class Meta:
        model = Skill
        fields = ["title", "slug", "area", "text", "topics", "aliases", "is_strategic"]
        labels = {"slug": "Address", "text": "What it means", "is_strategic": "The community wants more of it"}
        help_texts = {
            "topics": "Slugs of modules whose acts show this skill, with commas. Without one nothing can show it but "
            "work recorded under its own address.",
            "aliases": "Other names under which members look for it, with commas.",
        }

    def clean_area(self) -> str:
        return str(self.cleaned_data["area"]).strip() or skills.OTHER_AREA

    def clean_title(self) -> str:
        """A second skill of the same name, or of an alias, would split those who have it."""
        title = str(self.cleaned_data["title"])
        for skill in Skill.objects.exclude(pk=self.instance.pk):
            if key_of(title) in {key_of(skill.title), *map(key_of, skill.aliases)}:
                raise forms.ValidationError(f"“{skill.title}” has this name already. Merge the two, or choose another.")
        return title


class DecisionForm(ActionForm):
    """What the stewards' actions ask for beside the rows."""

    into = forms.ModelChoiceField(Skill.objects.accepted(), required=False, label="Merge into")
    note = forms.CharField(required=False, max_length=300, label="Note to who proposed it")


@admin.register(Skill)
class SkillAdmin(SavesChangedFields[Skill]):
    """The taxonomy. Proposals by members wait here; totals of all active members, for organizers alone."""

    form = SkillForm
    action_form = DecisionForm
    list_display = ["title", "area", "state", "claims", "depth_3", "wishes", "helpers", "is_strategic", "proposer"]
    list_filter = ["state", "area", "is_strategic"]
    search_fields = ["title", "slug", "aliases"]
    list_select_related = ["proposed_by"]
    ordering = [Case(When(state=Skill.State.PROPOSED, then=0), default=1).asc(), "area", "title"]
    actions = ["accept", "refuse", "merge"]
    prepopulated_fields = {"slug": ["title"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return with_totals(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Skill | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Skill | None = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def save_model(self, request: HttpRequest, obj: Skill, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "title" in form.changed_data:
            directory.retitle("skill", obj.slug, obj.title)

    def has_delete_permission(self, request: HttpRequest, obj: Skill | None = None) -> bool:
        return False  # a skill that is not wanted is merged or refused, so that nobody's list loses a row unsaid

    @admin.display(description="claim it", ordering="people")
    def claims(self, skill: Any) -> int:
        return int(skill.people)

    @admin.display(description="depth 3 or more", ordering="deep_people")
    def depth_3(self, skill: Any) -> int:
        return int(skill.deep_people)

    @admin.display(description="wish it", ordering="wishing_people")
    def wishes(self, skill: Any) -> int:
        return int(skill.wishing_people)

    @admin.display(description="help with it", ordering="helping_people")
    def helpers(self, skill: Any) -> int:
        return int(skill.helping_people)

    @admin.display(description="proposed by")
    def proposer(self, skill: Skill) -> str:
        return str(skill.proposed_by) if skill.proposed_by else "–"

    @admin.action(description="Accept into the list", permissions=["change"])
    def accept(self, request: HttpRequest, chosen: QuerySet[Skill]) -> None:
        by = Member.objects.get(pk=request.user.pk)
        self._each(request, chosen, lambda skill: skills.accept(skill, by=by), "accepted")

    @admin.action(description="Refuse, with the note", permissions=["change"])
    def refuse(self, request: HttpRequest, chosen: QuerySet[Skill]) -> None:
        by, note = Member.objects.get(pk=request.user.pk), request.POST.get("note", "")[:300]
        self._each(request, chosen, lambda skill: skills.refuse(skill, by=by, note=note), "refused")

    @admin.action(description="Merge into the skill chosen beside", permissions=["change"])
    def merge(self, request: HttpRequest, chosen: QuerySet[Skill]) -> None:
        number = request.POST.get("into", "")
        into = Skill.objects.accepted().filter(pk=number).first() if number.isdecimal() else None
        if into is None:
            self.message_user(request, "Choose under “Merge into” which skill stays.", messages.ERROR)
            return
        by = Member.objects.get(pk=request.user.pk)
        self._each(request, chosen, lambda skill: skills.merge(skill, into=into, by=by), f"merged into “{into}”")

    def _each(
        self, request: HttpRequest, chosen: QuerySet[Skill], decide: Callable[[Skill], None], done: str
    ) -> None:  # fmt: skip
        number = 0
        for skill in chosen:
            try:
                decide(skill)
                number += 1
            except Refused as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
        if number:
            self.message_user(request, f"{words.count(number, 'skill')} {done}.", messages.SUCCESS)


@admin.register(MemberSkill)
class MemberSkillAdmin(LogAdmin):
    """Who has which skill, as far as its owner shows it to others; changed by its owner alone."""

    list_display = ["member", "skill", "claimed", "wants", "helps", "evidence_now", "endorsed_now", "depth_now"]
    list_filter = ["claimed", "helps", "skill__area"]
    search_fields = ["member__name", "member__handle", "skill__title"]
    list_select_related = ["member", "skill"]
    ordering = ["-depth"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MemberSkill]:
        rows: QuerySet[MemberSkill] = super().get_queryset(request)
        hidden = Member.objects.filter(audiences__skills=ME)
        return rows.exclude(member__in=hidden)

    @admin.display(description="shown", ordering="evidence")
    def evidence_now(self, row: MemberSkill) -> str:
        return "–" if row.evidence is None else f"{row.evidence:.1f}"

    @admin.display(description="endorsed", ordering="endorsed")
    def endorsed_now(self, row: MemberSkill) -> str:
        return "–" if row.endorsed is None else f"{row.endorsed:.1f}"

    @admin.display(description="depth", ordering="depth")
    def depth_now(self, row: MemberSkill) -> str:
        return f"{row.depth:.1f}"


@admin.register(Endorsement)
class EndorsementAdmin(LogAdmin):
    """What members say on each other's skills. A word that breaks the code of conduct can be taken back."""

    list_display = ["at", "by", "member", "skill", "level", "sentence"]
    list_filter = ["level", "skill__area"]
    search_fields = ["by__name", "member__name", "skill__title", "sentence"]
    list_select_related = ["by", "member", "skill"]
    ordering = ["-at"]
    actions = ["take_back"]

    def has_take_back_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("members.delete_endorsement"))

    @admin.action(description="Take back", permissions=["take_back"])
    def take_back(self, request: HttpRequest, chosen: QuerySet[Endorsement]) -> None:
        by = Member.objects.get(pk=request.user.pk)
        taken = list(chosen)
        for endorsement in taken:
            endorsements.withdraw(endorsement, by=by)
        self.message_user(request, f"{words.count(len(taken), 'endorsement')} taken back.", messages.SUCCESS)


@admin.register(Validation)
class ValidationAdmin(LogAdmin):
    list_display = ["at", "by", "member", "skill", "level", "decision", "expires_at", "note"]
    list_filter = ["decision", "level"]
    search_fields = ["by__name", "member__name", "skill__title"]
    list_select_related = ["by", "member", "skill"]
    ordering = ["-at"]
