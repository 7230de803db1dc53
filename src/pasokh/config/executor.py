"""Applies migrations as Django does, in a quarter of the time.

Django keeps models for each moment of the way and, when one changes, makes all anew that refer to
it, and all that refer to those: here nearly every one each time. Nothing that is done to a table
needs more than its own model as it is now. What runs Python gets all of them made anew.
"""

from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.state import ProjectState

Change = tuple[str, str]


class _State(ProjectState):
    """The models at one moment of the way; one that changes is made anew by itself."""

    def _find_reload_model(
        self, app_label: str, model_name: str, delay: bool = False
    ) -> set[Change]:
        self.is_delayed = True  # whoever asks for more than one gets all made anew
        return {(app_label, model_name)}


class Executor(executor.MigrationExecutor):
    """Django's own executor, on the way forward."""

    def __init__(self) -> None:
        super().__init__(connection)

    def missing(self) -> int:
        """How many migrations have not been applied."""
        return len(self.migration_plan(self.loader.graph.leaf_nodes()))

    def finish(self) -> None:
        """Apply all that is missing, and let the apps know."""
        goal = self.loader.graph.leaf_nodes()
        plan = self.migration_plan(goal)
        self.migrate(goal, plan)
        emit_post_migrate_signal(0, False, connection.alias, plan=plan)

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        begun = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return _State(begun.models, begun.real_apps)
