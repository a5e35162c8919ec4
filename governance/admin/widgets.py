from __future__ import annotations

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import Field


def without_side_doors(field: Field) -> Field:
    """A choice of related things without the four buttons that would change those things in a pop-up window."""
    widget = field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_add_related = widget.can_change_related = False
        widget.can_delete_related = widget.can_view_related = False
    return field
