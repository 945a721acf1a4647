from django.urls import path

from wijkaanpak.indicators import views

app_name = "indicators"
urlpatterns = [
    path("bronnen/", views.source_list, name="source_list"),
    path("bronnen/<slug:slug>/", views.feed_edit, name="feed_edit"),
    path("bronnen/<slug:slug>/stand/", views.feed_card, name="feed_card"),
    path("bronnen/<slug:slug>/kijken/", views.feed_look, name="feed_look"),
    path("bronnen/<slug:slug>/stoppen/", views.feed_stop, name="feed_stop"),
    path("importeren/", views.edition_upload, name="edition_upload"),
    path("importeren/grenzen/", views.boundary_upload, name="boundary_upload"),
    path("importeren/<int:pk>/", views.edition_detail, name="edition_detail"),
    path("importeren/<int:pk>/kolommen/", views.edition_columns, name="edition_columns"),
    path("importeren/<int:pk>/voortgang/", views.edition_progress, name="edition_progress"),
    path("importeren/<int:pk>/bevestigen/", views.edition_confirm, name="edition_confirm"),
    path("importeren/<int:pk>/stoppen/", views.edition_cancel, name="edition_cancel"),
    path("importeren/<int:pk>/terugdraaien/", views.edition_undo, name="edition_undo"),
    path("vastgezet/", views.lock_list, name="lock_list"),
    path("vastgezet/<int:pk>/vrijgeven/", views.lock_open, name="lock_open"),
    path("indicatoren/", views.indicator_list, name="indicator_list"),
    path("indicatoren/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
]
