from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from wijkaanpak import styleguide
from wijkaanpak.views import health

admin.site.login = secure_admin_login(admin.site.login)  # one way in, with the second factor

urlpatterns = [
    path("", include("dashboards.urls")),
    path("", include("residents.urls")),
    path("", include("ambitions.urls")),
    path("", include("actors.urls")),
    path("", include("wijkaanpak.indicators.urls")),
    path("", include("wijkaanpak.neighbourhoods.urls")),
    path("", include("wijkaanpak.journal.urls")),
    path("account/", include("wijkaanpak.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("taal/", csrf_exempt(login_not_required(set_language)), name="set_language"),  # so that public pages carry no cookie and can be kept
    path("gezond/", health, name="health"),
    path("stijlgids/", styleguide.show, name="styleguide"),
    path("beheer/gegevens/", admin.site.urls),
]

handler500 = "dashboards.views.api.server_error"
