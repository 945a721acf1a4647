from django.urls import path

from dashboards.views import areas, cockpit, figures, public, work

app_name = "dashboards"
urlpatterns = [
    path("", public.home, name="home"),
    path("begin/", work.start, name="start"),
    path("werk/", work.my_work, name="my_work"),
    path("werk/<slug:slug>/", cockpit.cockpit, name="cockpit"),
    path("werk/<slug:slug>/overzicht/", work.reader_page, name="reader_page"),
    path("gebieden/", areas.area_list, name="area_list"),
    path("gebieden/<str:code>/", areas.area_detail, name="area_detail"),
    path("gebieden/<str:code>/kaart/", areas.area_map, name="area_map"),
    path("gebieden/<str:code>/cijfers.csv", areas.area_csv, name="area_csv"),
    path("wijken/<slug:slug>/", public.neighbourhood, name="neighbourhood"),
    path("wijken/<slug:slug>/ambities/<int:number>/", public.public_ambition, name="public_ambition"),
    path("wijken/<slug:slug>/cijfers/", public.public_figures, name="public_figures"),
    path("werk/<slug:slug>/cijfers/", figures.programme_dashboard, name="programme_dashboard"),
    path("werk/<slug:slug>/cijfers/herberekenen/", figures.recompute, name="recompute"),
    path("werk/<slug:slug>/cijfers.csv", figures.programme_figures_csv, name="programme_figures_csv"),
    path("wijken/<slug:slug>/cijfers.csv", figures.figures_csv, name="figures_csv"),
    path("wijken/<slug:slug>/gebieden.geojson", figures.areas_geojson, name="areas_geojson"),
]
