from django.urls import path

from residents.views import follow, handling, inbox, pages, public

app_name = "residents"
urlpatterns = [
    path("wijken/<slug:slug>/inbreng/", public.give_input, name="give_input"),
    path("wijken/<slug:slug>/inbreng/dank/<str:receipt>/", public.input_thanks, name="input_thanks"),
    path("wijken/<slug:slug>/u-vroeg-wij-deden/", pages.asked_and_done, name="asked_and_done"),
    path("volg/", follow.follow_enter, name="follow_enter"),
    path("volg/<str:code>/", follow.follow, name="follow"),
    path("volg/<str:code>/bevestig/<str:token>/", follow.verify_mail, name="verify_mail"),
    path("volg/<str:code>/afmelden/", follow.unsubscribe, name="unsubscribe"),
    path("volg/<str:code>/wissen/", follow.erase_contact, name="erase_contact"),
    path("werk/<slug:slug>/bewoners/", inbox.input_list, name="inbox"),
    path("werk/<slug:slug>/bewoners/nieuw/", inbox.input_enter, name="input_enter"),
    path("werk/<slug:slug>/bewoners/nieuw/<str:receipt>/", inbox.input_entered, name="input_entered"),
    path("werk/<slug:slug>/bewoners/<int:pk>/", handling.input_detail, name="input_detail"),
    path("werk/<slug:slug>/bewoners/<int:pk>/beoordelen/", handling.input_moderate, name="input_moderate"),
    path("werk/<slug:slug>/bewoners/<int:pk>/toewijzen/", handling.input_route, name="input_route"),
    path("werk/<slug:slug>/bewoners/<int:pk>/beantwoorden/", handling.input_answer, name="input_answer"),
    path("werk/<slug:slug>/bewoners/<int:pk>/koppelen/", handling.input_link, name="input_link"),
    path("privacy/", pages.privacy, name="privacy"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("spelregels/", pages.house_rules, name="house_rules"),
]
