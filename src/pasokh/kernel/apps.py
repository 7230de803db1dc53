from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

#: How many plans a session keeps: more than there are statements, or one would push another out.
PLANS = 500


class KernelConfig(AppConfig):
    name = "pasokh.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(_keep_plans)


def _keep_plans(connection: Any, **_: object) -> None:
    connection.connection.prepared_max = PLANS
