from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from editorial.notice_kinds import OF_TEXTS
from members.notice_kinds import announce


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        announce(*OF_TEXTS)
        autodiscover_modules("text_kinds")  # the kinds of text of the apps above
