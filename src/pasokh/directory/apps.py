from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "pasokh.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the events of this app, so that their entries can be read by any process."""
        import pasokh.directory.organisation.events  # noqa: PLC0415  apps not loaded
        import pasokh.directory.people.events  # noqa: PLC0415  apps not loaded
