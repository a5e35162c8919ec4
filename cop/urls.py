"""All addresses; each app keeps its own list."""

from django.contrib import admin
from django.urls import include, path

from members import admin_door

admin_door.guard(admin.site)

urlpatterns = [
    path("", include("cop.home.urls")),
    path("", include("members.urls")),
    path("", include("communities.urls")),
    path("", include("modules.urls")),
    path("texts/", include("editorial.urls")),
    path("labs/", include("labs.urls")),
    path("paths/", include("labs.urls_paths")),
    path("", include("labs.urls_certificates")),
    path("", include("events.urls")),
    path("governance/", include("governance.urls")),
    path("newsletters/", include("newsletters.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "cop.home.views.errors.bad_request"
handler403 = "cop.home.views.errors.no_access"
handler404 = "cop.home.views.errors.not_found"
handler500 = "cop.home.views.errors.broken"
