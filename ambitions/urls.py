app_name = "ambitions"
urlpatterns = []
