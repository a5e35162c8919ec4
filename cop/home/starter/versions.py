"""Texts that were published before versions were kept get their first one."""

from __future__ import annotations

from editorial.models import Text
from labs.models import Lab
from labs.operations import writing
from modules.models import Article
from modules.operations import articles

NOTE = "As it was when versions began to be kept"


def keep_missing() -> int:
    """Keep the wording of every published article and lab that has no versions yet; returns how many. Two queries."""
    known = set(Text.objects.values_list("kind", "key"))
    found = 0
    for article in Article.objects.published().select_related("module", "author", "owner"):
        if (articles.KIND, articles.item_key(article)) not in known:
            articles.keep_wording(article, note=NOTE)
            found += 1
    for lab in Lab.objects.published().select_related("module", "author"):
        if (writing.KIND, lab.slug) not in known:
            writing.keep_wording(lab, note=NOTE)
            found += 1
    return found
