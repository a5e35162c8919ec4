from django.urls import path

from editorial.views import acts, history, queue, revisions, writing

app_name = "editorial"
urlpatterns = [
    path("", queue.waiting, name="queue"),
    path("mine/", queue.mine, name="mine"),
    path("changes/<int:pk>/", revisions.show, name="revision"),
    path("changes/<int:pk>/edit/", writing.edit, name="edit"),
    path("changes/<int:pk>/merge/", writing.merge, name="merge"),
    path("changes/<int:pk>/decide/", revisions.decide, name="decide"),
    path("changes/<int:pk>/remark/", revisions.remark, name="remark"),
    path("changes/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("changes/<int:pk>/take-up/", acts.take_up, name="take_up"),
    path("changes/<int:pk>/discard/", acts.discard, name="discard"),
    path("changes/<int:pk>/share/", acts.share, name="share"),
    path("changes/<int:pk>/invite/", acts.invite, name="invite"),
    path("changes/<int:pk>/uninvite/", acts.uninvite, name="uninvite"),
    path("changes/<int:pk>/restore/", acts.restore, name="restore"),
    path("remarks/<int:pk>/close/", acts.close, name="close"),
    path("<slug:kind>/<path:key>/history/", history.show, name="history"),
    path("<slug:kind>/<path:key>/difference/", history.difference, name="difference"),
    path("<slug:kind>/<path:key>/propose/", writing.propose, name="propose"),
    path("<slug:kind>/<path:key>/versions/<int:number>/", history.version, name="version"),
]
