from django.urls import path

from labs import views

app_name = "labs"
urlpatterns = [
    path("", views.catalogue, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/start/", views.start, name="start"),
    path("<slug:slug>/run/", views.run, name="run"),
    path("<slug:slug>/run/tick/", views.tick, name="tick"),
    path("<slug:slug>/run/notes/", views.notes, name="notes"),
    path("<slug:slug>/run/notes.md", views.notes_file, name="notes_file"),
    path("<slug:slug>/run/finish/", views.finish, name="finish"),
]
