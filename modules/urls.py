from django.urls import path

from modules.views import articles, catalogue

app_name = "modules"
urlpatterns = [
    path("", catalogue.catalogue, name="list"),
    path("<slug:module>/", catalogue.detail, name="detail"),
    path("<slug:module>/<slug:article>/", articles.article, name="article"),
    path("<slug:module>/<slug:article>/read/", articles.read, name="read"),
]
