from django.urls import path

from governance import views

app_name = "governance"
urlpatterns = [
    path("", views.home, name="home"),
    path("documents/<slug:slug>/", views.document, name="document"),
]
