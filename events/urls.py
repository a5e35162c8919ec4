from django.urls import path

from events import views

app_name = "events"
urlpatterns = [
    path("events/", views.list_, name="list"),
    path("events.ics", views.feed, name="feed"),
    path("events/recordings/", views.recordings, name="recordings"),
    path("events/<slug:slug>.ics", views.calendar, name="calendar"),
    path("events/<slug:slug>/", views.detail, name="detail"),
    path("events/<slug:slug>/register/", views.register, name="register"),
    path("events/<slug:slug>/cancel/", views.cancel, name="cancel"),
]
