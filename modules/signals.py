"""What the app of modules announces to the apps above; their receivers write to the database only."""

from django.dispatch import Signal

# Sent inside the transaction in which a member has done an item of a module: sender SyllabusItem, member, item.
item_done = Signal()
# Sent inside the transaction in which a module is complete for a member: sender Module, member, module.
module_done = Signal()
# Sent inside the transaction in which a member has done an outside resource: sender ExternalResource, member, resource.
resource_done = Signal()
