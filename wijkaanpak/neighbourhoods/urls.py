from django.urls import path

from wijkaanpak.neighbourhoods.views import administration, members, settings

app_name = "neighbourhoods"
urlpatterns = [
    path("werk/<slug:slug>/instellingen/", settings.programme_settings, name="programme_settings"),
    path("werk/<slug:slug>/instellingen/gebieden/", settings.programme_areas, name="programme_areas"),
    path("werk/<slug:slug>/instellingen/perioden/nieuw/", settings.period_add, name="period_add"),
    path("werk/<slug:slug>/instellingen/perioden/<int:pk>/", settings.period_edit, name="period_edit"),
    path("werk/<slug:slug>/instellingen/perioden/<int:pk>/verwijderen/", settings.period_remove, name="period_remove"),
    path("werk/<slug:slug>/leden/", members.member_list, name="member_list"),
    path("werk/<slug:slug>/leden/uitnodigen/", members.member_invite, name="member_invite"),
    path("werk/<slug:slug>/leden/<int:pk>/beeindigen/", members.member_end, name="member_end"),
    path("werk/<slug:slug>/mails/", members.programme_mails, name="programme_mails"),
    path("werk/<slug:slug>/logboek/", members.programme_events, name="programme_events"),
    path("beheer/", administration.administration, name="administration"),
    path("beheer/programmas/nieuw/", administration.programme_add, name="programme_add"),
    path("beheer/accounts/", administration.account_list, name="account_list"),
    path("beheer/accounts/<int:pk>/sluiten/", administration.account_change, {"action": "close"}, name="account_close"),
    path("beheer/accounts/<int:pk>/openen/", administration.account_change, {"action": "reopen"}, name="account_reopen"),
    path("beheer/accounts/<int:pk>/beheerder/", administration.account_change, {"action": "make_administrator"}, name="make_administrator"),
    path("beheer/accounts/<int:pk>/geen-beheerder/", administration.account_change, {"action": "take_administration"}, name="take_administration"),
]
