from django.urls import path

from cop.home.views import health, invitations, mailbox, pages, personas, styleguide, suggestions, welcome

app_name = "home"
urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("dashboard/suggestions/<slug:kind>/<slug:key>/", suggestions.follow, name="follow"),
    path("dashboard/suggestions/<slug:kind>/<slug:key>/dismiss/", suggestions.dismiss, name="dismiss"),
    path("personas/<slug:slug>/", personas.persona, name="persona"),
    path("appearance/", pages.appearance, name="appearance"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:key>/", mailbox.mail, name="mail"),
    path("mailbox/<str:key>/html/", mailbox.mail_html, name="mail_html"),
    path("mailbox/<str:key>/files/<int:number>/", mailbox.mail_attachment, name="mail_attachment"),
    path("me/invitations/", invitations.mine, name="invitations"),
    path("join/no/<str:token>/", invitations.no_more, name="no_invitations"),
    path("join/<str:token>/", invitations.opened, name="invited"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/conduct/", welcome.conduct, name="conduct"),
    path("welcome/place/", welcome.place, name="place"),
    path("welcome/questions/", welcome.questions, name="questions"),
    path("welcome/hello/", welcome.hello, name="hello"),
    path("welcome/steps/<slug:slug>/", welcome.step, name="welcome_step"),
]
