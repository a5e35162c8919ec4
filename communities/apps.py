import importlib

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from communities.notice_kinds import OF_COMMUNITIES
from members.notice_kinds import announce


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = "Communities"

    def ready(self) -> None:
        announce(*OF_COMMUNITIES)
        autodiscover_modules("of_communities")  # what the apps above add to a community's page
        importlib.import_module("communities.of_members")  # what is kept back of acts in hidden communities
