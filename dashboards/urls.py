from django.urls import path

from dashboards.views import cockpit, figures, public, reports, work

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
    path("wijken/<slug:slug>/gebieden.geojson", figures.areas_geojson, name="areas_geojson"),
    path("werk/<slug:slug>/rapportage/", reports.report_list, name="report_list"),
    path("werk/<slug:slug>/rapportage/nieuw/", reports.report_add, name="report_add"),
    path("werk/<slug:slug>/rapportage/<int:number>/", reports.report_detail, name="report_detail"),
    path("werk/<slug:slug>/rapportage/<int:number>/controleren/", reports.report_check, name="report_check"),
    path("werk/<slug:slug>/rapportage/<int:number>/vaststellen/", reports.report_sign, name="report_sign"),
    path("werk/<slug:slug>/rapportage/<int:number>/wegleggen/", reports.report_discard, name="report_discard"),
    path("werk/<slug:slug>/rapportage/<int:number>.<slug:form>", reports.report_file, name="report_file"),
    path("wijken/<slug:slug>/rapportages/", reports.public_reports, name="public_reports"),
    path("wijken/<slug:slug>/rapportages/<int:number>/", reports.public_report, name="public_report"),
    path("wijken/<slug:slug>/rapportages/<int:number>.<slug:form>", reports.public_report_file, name="public_report_file"),
]
