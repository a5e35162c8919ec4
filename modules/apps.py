from django.apps import AppConfig

from members.notice_kinds import announce
from modules.notice_kinds import OF_MODULES


class ModulesConfig(AppConfig):
    name = "modules"
    verbose_name = "Modules"

    def ready(self) -> None:
        announce(*OF_MODULES)
