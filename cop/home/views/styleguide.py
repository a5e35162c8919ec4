"""Every component in every state; only in development and in the demo."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.forms.profile import ProfileForm
from members.models import Member

SAMPLE = """
Text at the measure, with `code` inside and a [link](/about/).

```python
def find(question, k=5):
    # nearest pieces first
    return index.nearest(embed(question), k)
```

| Kind of page | Cut at |
|---|---|
| Minutes | each item |
| Runbook | never |

> A quotation stands apart.
"""


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    faulty = ProfileForm(
        {"name": "Kim <Vermeer>", "handle": "Kim Vermeer", "time_zone": "Mars/Base"}, instance=Member()
    )
    context = {
        "form": faulty,
        "moment": timezone.now(),
        "sample": SAMPLE,
        "people": [
            Member(pk=n, name=name) for n, name in enumerate(["Kim Vermeer", "Adrian K", "Li", "Fatima E", "Jo B"])
        ],
        "levels": [(1, "Explorer"), (2, "Builder"), (3, "Mentor"), (4, "Partner")],
        "page": Paginator(range(200), 10).page(7),
    }
    return render(request, "home/styleguide.html", context)
