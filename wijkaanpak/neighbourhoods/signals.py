"""Named signals that later apps may listen to; sent inside the transaction of the change."""

from django.dispatch import Signal

areas_changed = Signal()
"""The areas of a programme were chosen anew. Arguments: programme."""
