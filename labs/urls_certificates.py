"""Addresses of certificates, for people and for whoever checks them."""

from django.urls import path

from labs.views import certificates, credentials, own_certificates

app_name = "certificates"
urlpatterns = [
    path("me/certificates/", own_certificates.mine, name="mine"),
    path("me/certificates/look/", own_certificates.look, name="look"),
    path("certificates/", certificates.check, name="check"),
    path("certificates/issuer/", credentials.issuer, name="issuer"),
    path("certificates/keys.json", credentials.keys, name="keys"),
    path(".well-known/jwks.json", credentials.keys, name="well_known_keys"),
    path("certificates/keys/<slug:kid>/", credentials.key, name="key"),
    path("certificates/status/<int:number>/", credentials.status_list, name="status"),
    path("certificates/criteria/<int:number>/", certificates.criteria, name="criteria"),
    path("certificates/criteria/<int:number>/badge.png", credentials.criteria_png, name="criteria_png"),
    path("certificates/criteria/<int:number>/badge.svg", credentials.criteria_svg, name="criteria_svg"),
    path("certificates/<str:code>/", certificates.detail, name="detail"),
    path("certificates/<str:code>/certificate.pdf", credentials.sheet, name="pdf"),
    path("certificates/<str:code>/badge.png", credentials.badge_png, name="png"),
    path("certificates/<str:code>/badge.svg", credentials.badge_svg, name="svg"),
    path("certificates/<str:code>/credential.jwt", credentials.token, name="jwt"),
    path("certificates/<str:code>/credential.json", credentials.document, name="json"),
    path("certificates/<str:code>/renew/", own_certificates.renew, name="renew"),
    path("certificates/<str:code>/new-name/", own_certificates.new_name, name="new_name"),
]
