from django.contrib import admin

from dashboards.models import TrendRule


@admin.register(TrendRule)
class TrendRuleAdmin(admin.ModelAdmin):
    """How big a change of an indicator must be to count, where the general rule does not fit."""

    list_display = ["indicator", "basis", "smallest_change", "why"]
    list_select_related = ["indicator"]
    fields = ["indicator", "basis", "smallest_change", "new_definition_from", "why"]
