from django.urls import path

from wijkaanpak.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("uitnodiging/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("tweede-factor/", views.offer_second_factor, name="second_factor"),
]
