"""Paths as they stand in files of content: what a record must look like."""

from cop.lib.shapes import Each, Many, Optional, Ref, Shape, depth, number, one_of, slug, text, texts, whole, yes_or_no
from labs.models import PathItem

ITEM: Shape = {
    "key": slug, "kind": one_of(*PathItem.Kind.values), "target": Optional(text), "title": Optional(text),
    "text": Optional(text), "verbs": Optional(Ref("verb", many=True)), "times": Optional(whole),
    "hours": Optional(number), "optional": Optional(yes_or_no), "needs": Optional(texts),
}  # fmt: skip
SHAPE: Shape = {
    "slug": slug, "order": whole, "title": text, "role": text, "summary": text, "community": Ref("community"),
    "ends_with": text, "goal": Each("skill", depth), "items": Many(ITEM),
}  # fmt: skip
