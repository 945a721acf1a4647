from django.urls import path

from dashboards.views import ambition_sheet, cockpit, figures, interpretations, matrix, public, questions, recognition, work

app_name = "dashboards"
urlpatterns = [
    path("", public.home, name="home"),
    path("begin/", work.start, name="start"),
    path("werk/", work.my_work, name="my_work"),
    path("werk/<slug:slug>/", cockpit.cockpit, name="cockpit"),
    path("werk/<slug:slug>/overzicht/", work.reader_page, name="reader_page"),
    path("werk/<slug:slug>/tegenstrijdig/", questions.contradiction_list, name="contradiction_list"),
    path("werk/<slug:slug>/tegenstrijdig/<slug:kind>/<int:subject>/vragen/", questions.question_ask, name="question_ask"),
    path("werk/<slug:slug>/vragen/<int:pk>/", questions.question_detail, name="question_detail"),
    path("werk/<slug:slug>/twee-snelheden/", matrix.two_speeds, name="two_speeds"),
    path("werk/<slug:slug>/verhalen/", interpretations.interpretation_list, name="interpretation_list"),
    path("werk/<slug:slug>/verhalen/schrijven/", interpretations.interpretation_write, name="interpretation_write"),
    path("werk/<slug:slug>/ambities/<int:number>/blad/", ambition_sheet.ambition_sheet, name="ambition_sheet"),
    path("wijken/<slug:slug>/ambities/<int:number>/blad/", ambition_sheet.public_ambition_sheet, name="public_ambition_sheet"),
    path("wijken/<slug:slug>/cijfers/<slug:indicator>/herkent-u-dit/", recognition.recognise, name="recognise"),
    path("wijken/<slug:slug>/", public.neighbourhood, name="neighbourhood"),
    path("wijken/<slug:slug>/ambities/<int:number>/", public.public_ambition, name="public_ambition"),
    path("wijken/<slug:slug>/cijfers/", public.public_figures, name="public_figures"),
    path("werk/<slug:slug>/cijfers/", figures.programme_dashboard, name="programme_dashboard"),
    path("werk/<slug:slug>/cijfers/herberekenen/", figures.recompute, name="recompute"),
    path("werk/<slug:slug>/cijfers.csv", figures.programme_figures_csv, name="programme_figures_csv"),
    path("wijken/<slug:slug>/cijfers.csv", figures.figures_csv, name="figures_csv"),
    path("wijken/<slug:slug>/gebieden.geojson", figures.areas_geojson, name="areas_geojson"),
]
