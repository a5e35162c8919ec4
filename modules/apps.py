from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from members.notice_kinds import announce
from modules.notice_kinds import OF_MODULES


class ModulesConfig(AppConfig):
    name = "modules"
    verbose_name = "Modules"

    def ready(self) -> None:
        announce(*OF_MODULES)
        autodiscover_modules("of_modules")  # what the apps above add to a module's page
