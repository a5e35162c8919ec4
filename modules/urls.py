from django.urls import path

from modules import views

app_name = "modules"
urlpatterns = [
    path("", views.catalogue, name="list"),
    path("<slug:module>/", views.detail, name="detail"),
    path("<slug:module>/<slug:article>/", views.article, name="article"),
    path("<slug:module>/<slug:article>/read/", views.read, name="read"),
]
