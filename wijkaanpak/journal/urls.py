from django.urls import path

from wijkaanpak.journal import views

app_name = "journal"
urlpatterns = [
    path("taken/<int:pk>/", views.job_detail, name="job_detail"),
    path("taken/<int:pk>/voortgang/", views.job_progress, name="job_progress"),
    path("taken/<int:pk>/stoppen/", views.job_cancel, name="job_cancel"),
    path("beheer/taken/", views.job_list, name="job_list"),
    path("beheer/mails/", views.mail_list, name="mail_list"),
    path("beheer/logboek/", views.event_list, name="event_list"),
]
