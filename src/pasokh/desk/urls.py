"""The staff's addresses, under the language."""

from django.urls import path

from pasokh.desk import cases, entry, outbox, paper, password, queue, setup, sign_in
from pasokh.desk.settings_pages import (
    absences,
    bodies,
    holidays,
    index,
    mail,
    organisation,
    periods,
    staff,
    terms,
    units,
    working_time,
)

app_name = "desk"
urlpatterns = [
    path("setup/done/", setup.done, name="setup-done"),
    path("setup/<str:token>/", setup.first_administrator, name="setup"),
    path("desk/sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("desk/password/", password.password, name="password"),
    path("desk/sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("desk/", queue.queue, name="queue"),
    path("desk/search/", queue.search, name="search"),
    path("desk/calls/", queue.calls, name="calls"),
    path("desk/complaints/new/", entry.new, name="new"),
    path("desk/complaints/<str:ref>/", cases.case, name="case"),
    path("desk/letters/", outbox.letters, name="letters"),
    path("desk/complaints/<str:ref>/form/", paper.form, name="form"),
    path("desk/complaints/<str:ref>/letters/<int:letter_id>/", paper.letter, name="letter"),
    path("desk/complaints/<str:ref>/read/", cases.read_notice, name="read"),
    path("desk/complaints/<str:ref>/files/<str:digest>/", cases.file, name="file"),
    path("desk/complaints/<str:ref>/<str:name>/", cases.act, name="act"),
    path("desk/set-up/", index.index, name="set-up"),
    path("desk/set-up/organisation/", organisation.organisation, name="set-up-organisation"),
    path("desk/set-up/units/", units.units, name="set-up-units"),
    path("desk/set-up/units/<int:unit_id>/", units.unit, name="set-up-unit"),
    path("desk/set-up/week/", working_time.week, name="set-up-week"),
    path("desk/set-up/units/<int:unit_id>/week/", working_time.week, name="set-up-unit-week"),
    path(
        "desk/set-up/units/<int:unit_id>/holidays/",
        holidays.holidays,
        name="set-up-unit-holidays",
    ),
    path(
        "desk/set-up/units/<int:unit_id>/holidays/<str:place>/",
        holidays.offer,
        name="set-up-unit-offer",
    ),
    path("desk/set-up/holidays/", holidays.holidays, name="set-up-holidays"),
    path("desk/set-up/holidays/<str:place>/", holidays.offer, name="set-up-offer"),
    path("desk/set-up/periods/", periods.periods, name="set-up-periods"),
    path("desk/set-up/periods/<str:pack_id>/", periods.pack, name="set-up-pack"),
    path("desk/set-up/lists/", terms.lists, name="set-up-lists"),
    path("desk/set-up/lists/<str:kind>/", terms.terms, name="set-up-list"),
    path("desk/set-up/lists/<str:kind>/<str:code>/", terms.term, name="set-up-term"),
    path("desk/set-up/bodies/", bodies.bodies, name="set-up-bodies"),
    path("desk/set-up/bodies/<str:code>/", bodies.body, name="set-up-body"),
    path("desk/set-up/staff/", staff.staff, name="set-up-staff"),
    path("desk/set-up/staff/<int:staff_id>/", staff.colleague, name="set-up-colleague"),
    path("desk/set-up/staff/<int:staff_id>/away/", absences.absences, name="set-up-absences"),
    path("desk/set-up/mail/", mail.mail, name="set-up-mail"),
    path("desk/set-up/limits/", staff.limits, name="set-up-limits"),
]
