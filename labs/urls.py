from django.urls import path

from labs.views import catalogue, runs

app_name = "labs"
urlpatterns = [
    path("", catalogue.catalogue, name="list"),
    path("<slug:slug>/", catalogue.detail, name="detail"),
    path("<slug:slug>/start/", runs.start, name="start"),
    path("<slug:slug>/run/", runs.run, name="run"),
    path("<slug:slug>/run/tick/", runs.tick, name="tick"),
    path("<slug:slug>/run/notes/", runs.notes, name="notes"),
    path("<slug:slug>/run/notes.md", runs.notes_file, name="notes_file"),
    path("<slug:slug>/run/finish/", runs.finish, name="finish"),
]
