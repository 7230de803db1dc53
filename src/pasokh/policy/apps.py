from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "pasokh.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the events of this app, so that their entries can be read by any process."""
