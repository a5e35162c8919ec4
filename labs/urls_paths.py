from django.urls import path

from labs.views import paths

app_name = "paths"
urlpatterns = [
    path("", paths.catalogue, name="list"),
    path("recommend/", paths.recommend, name="recommend"),
    path("recommend/<path:key>/dismiss/", paths.dismiss, name="dismiss"),
    path("<slug:slug>/", paths.detail, name="detail"),
    path("<slug:slug>/follow/", paths.follow, name="follow"),
    path("<slug:slug>/leave/", paths.leave, name="leave"),
]
