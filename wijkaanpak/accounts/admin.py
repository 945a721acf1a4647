from django.contrib import admin

from wijkaanpak.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Corrections of a name or address; rights, closing and inviting have pages of their own that keep a record."""

    list_display = ["name", "email", "is_active"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "job_title"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
