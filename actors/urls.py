from django.urls import path

from actors import views

app_name = "actors"
urlpatterns = [
    path("werk/<slug:slug>/partners/", views.partner_list, name="partner_list"),
    path("werk/<slug:slug>/partners/nieuw/", views.partner_add, name="partner_add"),
    path("werk/<slug:slug>/partners/meedoen/", views.partner_join, name="partner_join"),
    path("werk/<slug:slug>/partners/invalshoeken/", views.perspective_matrix, name="perspective_matrix"),
    path("werk/<slug:slug>/partners/<int:pk>/", views.partner_detail, name="partner_detail"),
    path("werk/<slug:slug>/partners/<int:pk>/wijzigen/", views.partner_edit, name="partner_edit"),
    path("werk/<slug:slug>/partners/<int:pk>/vertrek/", views.partner_leave, name="partner_leave"),
    path("werk/<slug:slug>/partners/<int:pk>/mensen/nieuw/", views.representative_add, name="representative_add"),
    path(
        "werk/<slug:slug>/partners/<int:pk>/mensen/<int:representative_pk>/stop/", views.representative_end, name="representative_end"
    ),
    path("werk/<slug:slug>/partners/<int:pk>/invalshoek/<slug:theme>/", views.perspective_edit, name="perspective_edit"),
    path("werk/<slug:slug>/partners/<int:pk>/invalshoek/<slug:theme>/versies/", views.perspective_versions, name="perspective_versions"),
]
