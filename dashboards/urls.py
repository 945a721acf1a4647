from django.urls import path

from dashboards.views import calculation, cockpit, figures, public, references, work

app_name = "dashboards"
urlpatterns = [
    path("", public.home, name="home"),
    path("begin/", work.start, name="start"),
    path("werk/", work.my_work, name="my_work"),
    path("werk/<slug:slug>/", cockpit.cockpit, name="cockpit"),
    path("werk/<slug:slug>/overzicht/", work.reader_page, name="reader_page"),
    path("wijken/<slug:slug>/", public.neighbourhood, name="neighbourhood"),
    path("wijken/<slug:slug>/ambities/<int:number>/", public.public_ambition, name="public_ambition"),
    path("wijken/<slug:slug>/cijfers/", public.public_figures, name="public_figures"),
    path("werk/<slug:slug>/cijfers/", figures.programme_dashboard, name="programme_dashboard"),
    path("werk/<slug:slug>/cijfers/herberekenen/", figures.recompute, name="recompute"),
    path("werk/<slug:slug>/cijfers.csv", figures.programme_figures_csv, name="programme_figures_csv"),
    path("wijken/<slug:slug>/cijfers.csv", figures.figures_csv, name="figures_csv"),
    path("werk/<slug:slug>/cijfers/<slug:indicator>/<int:period>/berekening/", calculation.figure_calculation, name="figure_calculation"),
    path("werk/<slug:slug>/cijfers/<slug:indicator>/<int:period>/berekening.csv", calculation.figure_calculation_csv, name="figure_calculation_csv"),
    path("wijken/<slug:slug>/cijfers/<slug:indicator>/<int:period>/berekening/", calculation.public_calculation, name="public_calculation"),
    path("wijken/<slug:slug>/cijfers/<slug:indicator>/<int:period>/berekening.csv", calculation.public_calculation_csv, name="public_calculation_csv"),
    path("ijking/", references.reference_list, name="reference_list"),
    path("ijking/<int:number>/", references.reference_version, name="reference_version"),
    path("ijking/<int:number>.csv", references.reference_csv, name="reference_csv"),
    path("ijking/<int:number>/gebruiken/", references.reference_use, name="reference_use"),
    path("wijken/<slug:slug>/gebieden.geojson", figures.areas_geojson, name="areas_geojson"),
]
