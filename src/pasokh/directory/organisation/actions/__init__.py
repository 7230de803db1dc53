"""Every verb of the organisation's own records. Nothing else writes them."""

from pasokh.directory.organisation.actions.first_run import make_first_administrator, open_setup
from pasokh.directory.organisation.actions.passwords import (
    choose_password,
    give_sign_in,
    renew_password,
)
from pasokh.directory.organisation.actions.staffing import (
    add_staff,
    appoint,
    correct_staff,
    dismiss,
    end_absence,
    end_staff,
    reinstate_staff,
    report_absence,
    set_limit,
)
from pasokh.directory.organisation.actions.structure import (
    add_unit,
    describe_organisation,
    move_unit,
    rename_unit,
    restore_unit,
    retire_unit,
)
from pasokh.directory.organisation.actions.working_time import (
    add_closure,
    add_holidays,
    bind_regime,
    release_regime,
    set_working_week,
    withdraw_holiday,
)

__all__ = [
    "add_closure",
    "add_holidays",
    "add_staff",
    "add_unit",
    "appoint",
    "bind_regime",
    "choose_password",
    "correct_staff",
    "describe_organisation",
    "dismiss",
    "end_absence",
    "end_staff",
    "give_sign_in",
    "make_first_administrator",
    "move_unit",
    "open_setup",
    "reinstate_staff",
    "release_regime",
    "rename_unit",
    "renew_password",
    "report_absence",
    "restore_unit",
    "retire_unit",
    "set_limit",
    "set_working_week",
    "withdraw_holiday",
]
