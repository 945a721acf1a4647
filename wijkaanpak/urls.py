from django.contrib import admin
from django.urls import include, path

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
    path("taal/", include("django.conf.urls.i18n")),
    path("beheer/gegevens/", admin.site.urls),
]
