from django.urls import path

from ambitions.views import ambitions, commitments, completeness, escalations, goals, links, partners, records

app_name = "ambitions"
urlpatterns = [
    path("t/<str:token>/", links.link_update, name="link_update"),
    path("t/<str:token>/dank/", links.link_thanks, name="link_thanks"),
    path("werk/<slug:slug>/ambities/", ambitions.ambition_list, name="ambition_list"),
    path("werk/<slug:slug>/ambities/nieuw/", ambitions.ambition_add, name="ambition_add"),
    path("werk/<slug:slug>/ambities/<int:number>/", ambitions.ambition_detail, name="ambition_detail"),
    path("werk/<slug:slug>/ambities/<int:number>/wijzigen/", ambitions.ambition_edit, name="ambition_edit"),
    path("werk/<slug:slug>/ambities/<int:number>/voorleggen/", ambitions.ambition_consult, name="ambition_consult"),
    path("werk/<slug:slug>/ambities/<int:number>/vaststellen/", ambitions.ambition_adopt, name="ambition_adopt"),
    path("werk/<slug:slug>/ambities/<int:number>/laten/", ambitions.revision_drop, name="revision_drop"),
    path("werk/<slug:slug>/ambities/<int:number>/afsluiten/", ambitions.ambition_close, name="ambition_close"),
    path("werk/<slug:slug>/ambities/<int:number>/steun/<int:organisation_pk>/", ambitions.support_give, name="support_give"),
    path("werk/<slug:slug>/ambities/<int:number>/doelen/nieuw/", goals.goal_add, name="goal_add"),
    path("werk/<slug:slug>/ambities/<int:number>/doelen/<int:pk>/", goals.goal_edit, name="goal_edit"),
    path("werk/<slug:slug>/ambities/<int:number>/doelen/<int:pk>/verwijderen/", goals.goal_delete, name="goal_delete"),
    path("werk/<slug:slug>/toezeggingen/", commitments.commitment_list, name="commitment_list"),
    path("werk/<slug:slug>/toezeggingen.xlsx", commitments.commitment_sheet, name="commitment_sheet"),
    path("werk/<slug:slug>/toezeggingen/nieuw/", commitments.commitment_add, name="commitment_add"),
    path("werk/<slug:slug>/toezeggingen/opschaling/", escalations.escalation_list, name="escalation_list"),
    path("werk/<slug:slug>/toezeggingen/opschaling/termijnen/", escalations.escalation_terms, name="escalation_terms"),
    path("werk/<slug:slug>/toezeggingen/nakoming/", records.record_list, name="record_list"),
    path("werk/<slug:slug>/partners/<int:pk>/nakoming/", records.partner_record, name="partner_record"),
    path("werk/<slug:slug>/toezeggingen/volledigheid/", completeness.completeness, name="completeness"),
    path("werk/<slug:slug>/toezeggingen/volledigheid/herinneren/", completeness.completeness_remind, name="completeness_remind"),
    path(
        "werk/<slug:slug>/toezeggingen/volledigheid/<int:organisation_pk>/<str:quarter>/",
        completeness.completeness_cell, name="completeness_cell",
    ),
    path(
        "werk/<slug:slug>/toezeggingen/volledigheid/<int:organisation_pk>/<str:quarter>/intrekken/",
        completeness.excuse_take_back, name="excuse_take_back",
    ),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/", commitments.commitment_detail, name="commitment_detail"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/wijzigen/", commitments.commitment_edit, name="commitment_edit"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/bijwerken/", commitments.commitment_update, name="commitment_update"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/antwoord/", escalations.commitment_answer, name="commitment_answer"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/afspreken/", commitments.commitment_agree, name="commitment_agree"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/uitstellen/", commitments.commitment_postpone, name="commitment_postpone"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/afronden/", commitments.commitment_end, name="commitment_end"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/hervatten/", commitments.commitment_reopen, name="commitment_reopen"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/vragen/", commitments.commitment_ask, name="commitment_ask"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/links-intrekken/", commitments.links_withdraw, name="links_withdraw"),
    path("werk/<slug:slug>/toezeggingen/<int:pk>/stappen/nieuw/", commitments.milestone_add, name="milestone_add"),
    path(
        "werk/<slug:slug>/toezeggingen/<int:pk>/stappen/<int:milestone_pk>/gedaan/",
        commitments.milestone_reach, name="milestone_reach",
    ),
    path("werk/<slug:slug>/partners/<int:pk>/toezeggingen/", partners.partner_commitments, name="partner_commitments"),
]
