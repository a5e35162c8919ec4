from django.urls import path

from members.views import people, profile

app_name = "members"
urlpatterns = [
    path("members/", people.directory, name="directory"),
    path("members/<str:handle>/", profile.show, name="profile"),
    path("me/profile/", profile.edit, name="edit_profile"),
    path("levels/", people.levels, name="levels"),
    path("levels/<slug:slug>/wish/", profile.wish, name="wish"),
    path("personas/", people.personas, name="personas"),
    path("personas/<slug:slug>/", people.persona, name="persona"),
]
