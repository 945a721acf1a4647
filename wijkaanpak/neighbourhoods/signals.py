"""Named signals that later apps may listen to; sent inside the transaction of the change."""

from django.dispatch import Signal

areas_changed = Signal()
"""The areas of a programme were chosen anew. Arguments: programme."""

areas_linked = Signal()
"""Areas were linked to what they were the year before, or no longer are. Arguments: area_ids (list)."""
