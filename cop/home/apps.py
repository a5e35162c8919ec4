from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "cop.home"
    verbose_name = "Home"
