from datetime import timedelta

from django.utils import timezone

from labs.credentials import keys
from labs.models import Certificate, HandIn, IssuerKey, Lab, Review, Submission
from labs.operations.certificates import award_due, set_criteria
from modules.models import ItemProgress, Module, ModuleCompletion, SyllabusItem
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory

TEXT = "Has redacted secrets before sending them to a model, and measured what was missed."
_pair: list[keys.Pair] = []


def issuer_key(**fields) -> IssuerKey:
    """The key in use, without the second that a new one takes each time."""
    if not _pair:
        _pair.append(keys.new_pair())
    pair = _pair[0]
    return IssuerKey.objects.create(kid=pair.kid, public=pair.public, sealed=pair.sealed, **fields)


def certified_module(slug="security", *, title="Security, Privacy and IP", text=TEXT, reviews=1, months=24) -> Module:
    """A published module with a lab, for which there is a certificate."""
    module = PublishedModuleFactory(slug=slug, title=title)
    lab(f"lab-of-{slug}", module=module, title="Find secrets")
    set_criteria(module, text=text, accepted_submissions=reviews, months=months)
    return module


def finish(module: Module, member, *, at=None) -> None:
    """Everything that the module requires is done, without telling anybody."""
    now = at or timezone.now()
    times = {"state": "done", "started_at": now - timedelta(hours=1), "done_at": now}
    items = SyllabusItem.objects.filter(module=module)
    ItemProgress.objects.bulk_create(
        [ItemProgress(member=member, item=item, **times) for item in items],
        update_conflicts=True, unique_fields=["member", "item"], update_fields=list(times),
    )  # fmt: skip
    ModuleCompletion.objects.get_or_create(member=member, module=module, defaults={"at": now})


def accepted(of: Lab, member, *, by=None, at=None) -> Review:
    """Work that a reviewer has accepted, without telling anybody."""
    now = at or timezone.now()
    work = Submission.objects.create(lab=of, member=member, status="accepted", decided_at=now)
    HandIn.objects.create(submission=work, link="https://example.org/work", reflection="It missed one.")
    return Review.objects.create(
        submission=work, round=1, by=by or MemberFactory(), scores={}, comment="Works.", decision="accepted", at=now
    )


def certificate(member=None, *, module=None, by=None, at=None, **fields) -> Certificate:
    """A certificate that was earned and issued by the operation that issues all of them."""
    member = member or MemberFactory(name="Ada Lovelace")
    module = module or certified_module()
    finish(module, member, at=at)
    accepted(Lab.objects.filter(module=module).first(), member, by=by, at=at)
    (made,) = award_due(member, now=at)
    if fields:
        Certificate.objects.filter(pk=made.pk).update(**fields)
    return Certificate.objects.get(pk=made.pk)
