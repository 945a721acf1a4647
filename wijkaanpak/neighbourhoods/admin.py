from django.contrib import admin

from wijkaanpak.neighbourhoods.models import Area, Theme


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    """Names and order can be edited; the eight slugs are fixed."""

    list_display = ["name", "order"]
    fields = ["name", "description", "order"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """Confirming which area an area continues under another code."""

    list_display = ["code", "name", "kind", "division", "change"]
    list_filter = ["division", "kind", "change"]
    list_select_related = ["division"]
    search_fields = ["code", "name"]
    fields = ["name", "change", "predecessor"]
    autocomplete_fields = ["predecessor"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
