from django.urls import path

from newsletters import views

app_name = "newsletters"
urlpatterns = [
    path("", views.archive, name="archive"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("mine/", views.mine, name="mine"),
    path("confirm/<token>/", views.confirm, name="confirm"),
    path("unsubscribe/<token>/", views.unsubscribe, name="unsubscribe"),
    path("<slug:slug>/", views.issue, name="issue"),
]
