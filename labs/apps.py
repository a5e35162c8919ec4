from django.apps import AppConfig

from labs.notice_kinds import OF_LABS
from members.notice_kinds import announce


class LabsConfig(AppConfig):
    name = "labs"
    verbose_name = "Labs"

    def ready(self) -> None:
        announce(*OF_LABS)
