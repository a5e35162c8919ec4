from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "cop.site"
    label = "site"
    verbose_name = "Site"
