from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from members.notice_kinds import OF_MEMBERS, announce


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Members"

    def ready(self) -> None:
        announce(*OF_MEMBERS)
        autodiscover_modules("personal", "receivers")  # what each app holds about people, and what it hears
        autodiscover_modules("of_members")  # what the apps above add to a member's page
