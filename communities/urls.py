from django.urls import path

from communities import views

app_name = "communities"
urlpatterns = [
    path("communities/", views.index, name="list"),
    path("communities/<slug:slug>/", views.detail, name="detail"),
    path("communities/<slug:slug>/join/", views.join, name="join"),
    path("communities/<slug:slug>/leave/", views.leave, name="leave"),
    path("communities/<slug:slug>/primary/", views.primary, name="primary"),
    path("connect/", views.connect, name="connect"),
]
