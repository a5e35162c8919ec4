from django.urls import include, path
from django.urls.resolvers import URLPattern

from modules.views import (
    articles,
    catalogue,
    checks,
    exposure,
    learning,
    reading,
    resources,
    tools,
    upkeep,
)

app_name = "modules"
of_members: list[URLPattern] = [  # below /me/learning/
    path("", learning.learning, name="learning"),
    path("place/", reading.place, name="place"),
    path("places/forget/", reading.forget_places, name="forget_places"),
    path("bookmark/", reading.bookmark, name="bookmark"),
    path("mode/", reading.mode, name="mode"),
    path("notes.md", reading.notes_file, name="notes_file"),
    path("ceiling/", exposure.ceiling, name="ceiling"),
]
of_modules = [  # below /modules/
    path("", catalogue.catalogue, name="list"),
    path("tools/", tools.landscape, name="tools"),
    path("tools/<slug:slug>/", tools.tool, name="tool"),
    path("tools/<slug:slug>/report/", tools.report, name="report_tool"),
    path("tools/<slug:slug>/report/<int:pk>/", tools.change_report, name="change_report"),
    path("tools/<slug:slug>/report/<int:pk>/remove/", tools.remove_report, name="remove_report"),
    path("resources/", resources.shelf, name="resources"),
    path("resources/suggest/", resources.suggest, name="suggest"),
    path("resources/<slug:slug>/", resources.resource, name="resource"),
    path("resources/<slug:slug>/done/", resources.finish, name="finish_resource"),
    path("resources/<slug:slug>/note/", resources.say, name="note_resource"),
    path("resources/<slug:slug>/accept/", resources.accept, name="accept_resource"),
    path("resources/<slug:slug>/refuse/", resources.refuse, name="refuse_resource"),
    path("review/", upkeep.review, name="review"),
    path("review/looked/", upkeep.looked, name="looked"),
    path("<slug:module>/", catalogue.detail, name="detail"),
    path("<slug:module>/checks/<slug:slug>/", checks.check, name="check"),
    path("<slug:module>/checks/<slug:slug>/<int:attempt>/", checks.result, name="check_result"),
    path("<slug:module>/<slug:article>/", articles.article, name="article"),
    path("<slug:module>/<slug:article>/read/", articles.read, name="read"),
    path("<slug:module>/<slug:article>/end/", reading.reach_end, name="reach_end"),
    path("<slug:module>/<slug:article>/note/", reading.note, name="note"),
    path("<slug:module>/<slug:article>/notes.md", reading.note_file, name="note_file"),
]
urlpatterns = [path("me/learning/", include(of_members)), path("modules/", include(of_modules))]
