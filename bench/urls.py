from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path


@login_not_required
def hello(_request):
    return HttpResponse("hello")


urlpatterns = [path("bench/hello/", hello), path("", include("wijkaanpak.urls"))]
