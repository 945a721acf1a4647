from django.urls import path

from actors.views import agreements, field, partners, perspectives, tensions

app_name = "actors"
urlpatterns = [
    path("werk/<slug:slug>/partners/", partners.partner_list, name="partner_list"),
    path("werk/<slug:slug>/partners/nieuw/", partners.partner_add, name="partner_add"),
    path("werk/<slug:slug>/partners/meedoen/", partners.partner_join, name="partner_join"),
    path("werk/<slug:slug>/partners/invalshoeken/", perspectives.perspective_matrix, name="perspective_matrix"),
    path("werk/<slug:slug>/partners/naast-elkaar/", perspectives.perspective_comparison, name="perspective_comparison"),
    path("werk/<slug:slug>/partners/spanningen/", tensions.tension_list, name="tension_list"),
    path("werk/<slug:slug>/partners/spanningen/nieuw/", tensions.tension_add, name="tension_add"),
    path("werk/<slug:slug>/partners/spanningen/<int:pk>/", tensions.tension_detail, name="tension_detail"),
    path("werk/<slug:slug>/partners/spanningen/<int:pk>/wijzigen/", tensions.tension_edit, name="tension_edit"),
    path("werk/<slug:slug>/partners/spanningen/<int:pk>/afspraak/", tensions.tension_agree, name="tension_agree"),
    path("werk/<slug:slug>/partners/spanningen/<int:pk>/heropenen/", tensions.tension_reopen, name="tension_reopen"),
    path("werk/<slug:slug>/partners/spanningen/<int:pk>/terugkijken/", tensions.tension_review, name="tension_review"),
    path("werk/<slug:slug>/partners/overeenkomsten/", agreements.agreement_list, name="agreement_list"),
    path("werk/<slug:slug>/partners/overeenkomsten/nieuw/", agreements.agreement_add, name="agreement_add"),
    path("werk/<slug:slug>/partners/overeenkomsten/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("werk/<slug:slug>/partners/overeenkomsten/<int:pk>/wijzigen/", agreements.agreement_edit, name="agreement_edit"),
    path("werk/<slug:slug>/partners/overeenkomsten/<int:pk>/einde/", agreements.agreement_end, name="agreement_end"),
    path("werk/<slug:slug>/partners/overeenkomsten/<int:pk>/hervatten/", agreements.agreement_resume, name="agreement_resume"),
    path("werk/<slug:slug>/partners/overeenkomsten/<int:pk>/stukken/nieuw/", agreements.document_add, name="agreement_document_add"),
    path("werk/<slug:slug>/partners/overeenkomsten/<int:pk>/stukken/<int:document_pk>/", agreements.document_file, name="agreement_document"),
    path(
        "werk/<slug:slug>/partners/overeenkomsten/<int:pk>/stukken/<int:document_pk>/weg/", agreements.document_remove,
        name="agreement_document_remove",
    ),
    path("werk/<slug:slug>/partners/krachtenveld/", field.field_detail, name="field_detail"),
    path("werk/<slug:slug>/partners/krachtenveld/plaatsen/", field.field_place, name="field_place"),
    path("werk/<slug:slug>/partners/gedeeld/nieuw/", tensions.shared_point_add, name="shared_point_add"),
    path("werk/<slug:slug>/partners/gedeeld/<int:pk>/intrekken/", tensions.shared_point_withdraw, name="shared_point_withdraw"),
    path("werk/<slug:slug>/partners/<int:pk>/", partners.partner_detail, name="partner_detail"),
    path("werk/<slug:slug>/partners/<int:pk>/wijzigen/", partners.partner_edit, name="partner_edit"),
    path("werk/<slug:slug>/partners/<int:pk>/mensen/nieuw/", partners.representative_add, name="representative_add"),
    path(
        "werk/<slug:slug>/partners/<int:pk>/mensen/<int:representative_pk>/afwezig/", partners.representative_away, name="representative_away"
    ),
    path(
        "werk/<slug:slug>/partners/<int:pk>/mensen/<int:representative_pk>/stop/", partners.representative_end, name="representative_end"
    ),
    path("werk/<slug:slug>/partners/<int:pk>/invalshoek/<slug:theme>/", perspectives.perspective_edit, name="perspective_edit"),
    path("werk/<slug:slug>/partners/<int:pk>/invalshoek/<slug:theme>/vrijgeven/", perspectives.perspective_release, name="perspective_release"),
    path("werk/<slug:slug>/partners/<int:pk>/invalshoek/<slug:theme>/weggooien/", perspectives.perspective_discard, name="perspective_discard"),
    path("werk/<slug:slug>/partners/<int:pk>/invalshoek/<slug:theme>/versies/", perspectives.perspective_versions, name="perspective_versions"),
]
