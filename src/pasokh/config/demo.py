"""`pasokh demo`: a year of an invented organisation, made in an empty database."""

import argparse
import json
import os
from datetime import date

from pasokh.config import database, environment, leash, migrate
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _, language, say, warn

#: Complaints in a demonstration.
MANY = 400


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--complaints",
        type=int,
        default=MANY,
        metavar="N",
        help=_("how many complaints (default: %(default)s)"),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=_("print the result as JSON, for programs"),
    )
    parser.add_argument("--again", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Make the demonstration; with `--again` one that is whole already is as good."""
    if options.parent:
        leash.hold(options.parent)
    surroundings = environment.read()
    os.environ.setdefault("PASOKH_MAIL_FOLDER", str(surroundings.demo_mail))
    database.require(surroundings)
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from django.utils import translation  # noqa: PLC0415  Django-free path

    with migrate.beside(options.parent), translation.override(language()):
        migrate.apply()
        migrate.complete()
        lines = _ready(surroundings, options)
    say(json.dumps({"setup": None, "lines": lines}) if options.json else "\n".join(lines))
    return 0


def _ready(surroundings: Environment, options: argparse.Namespace) -> list[str]:
    """Make what is not there, or refuse; return what the operator is to be told."""
    from pasokh.demo import house  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.ledger.models import Entry  # noqa: PLC0415  apps not loaded

    if not Entry.objects.exists():
        return [*_accounts(), *_made(options.complaints), *_folder()]
    if not house.is_demo():
        raise Unable(_not_empty())
    if not house.is_whole():
        raise Unable(_unfinished())
    if not options.again:
        raise Unable(_("The demonstration is there already; “pasokh serve --demo” shows it."))
    return [*_accounts(), _codes_are_gone(), *_folder()]


def _made(complaints: int) -> list[str]:
    """Make the year; return references to try, with their codes."""
    from django.conf import settings  # noqa: PLC0415  Django-free path

    from pasokh.casework.complaints.labels import STATES  # noqa: PLC0415  apps not loaded
    from pasokh.config import demo_machine, demo_post  # noqa: PLC0415  apps not loaded
    from pasokh.demo import hours, year  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path
    from pasokh.kernel.ledger import keys  # noqa: PLC0415  apps not loaded

    keys.mark_demo()
    settings.DEMO = True  # it was none yet when the settings were read
    warn(_("Making the demonstration: a year of complaints. This takes about a minute."))
    until = clock.now().astimezone(hours.TEHRAN).date()
    try:
        with demo_post.machine() as machine:
            with demo_machine.haste():
                made = year.make(until, complaints, machine, _tell)
            made.open_doors()
            machine.done(machine.record(clock.now()))
    except (EOFError, BrokenPipeError):
        raise Unable(_unfinished()) from None
    lines = [f"  {one.ref}   {one.code}   {STATES[one.state]}" for one in made.samples()]
    return [_("To follow a complaint, open /%(language)s/follow/ with:") % _here(), *lines]


def _tell(day: date, complaints: int) -> None:
    from pasokh.demo.hours import TEHRAN  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.dates import as_date, numerals  # noqa: PLC0415  apps not loaded

    facts = {
        "date": as_date(day, language(), TEHRAN),
        "count": numerals(complaints, language()),
    }
    warn(_("%(date)s: %(count)s complaints so far") % facts)


def _accounts() -> list[str]:
    """Who can sign in, and how."""
    from pasokh.demo import house  # noqa: PLC0415  apps not loaded
    from pasokh.directory.organisation.roles import NAMES  # noqa: PLC0415  apps not loaded

    lines = [
        _("This is a demonstration: everything in it is invented, and no mail leaves it."),
        _("Sign in at /%(language)s/desk/ with the password %(password)s and one of:")
        % {**_here(), "password": house.PASSWORD},
    ]
    for one in house.accounts():
        roles = " + ".join(_(NAMES[role]) for role in one.roles)
        lines.append(f"  {one.email:<27} {one.name} – {roles}")
    return lines


def _codes_are_gone() -> str:
    return _(
        "Tracking codes were shown once, when the demonstration was made; "
        "a colleague can give a file a new one."
    )


def _folder() -> list[str]:
    from django.conf import settings  # noqa: PLC0415  Django-free path

    return [_("Letters are written to %(folder)s.") % {"folder": settings.MAIL_FOLDER}]


def _here() -> dict[str, str]:
    return {"language": language()}


def _not_empty() -> str:
    return _(
        "A demonstration is made in an empty database only, and this one has entries that are "
        "not a demonstration. Nothing was changed. Choose a new folder with PASOKH_DATA, or an "
        "empty database with DATABASE_URL."
    )


def _unfinished() -> str:
    return _(
        "The making of this demonstration was interrupted, so it is not whole. Delete the data "
        "folder (or empty the database of DATABASE_URL) and start again, or choose a new folder "
        "with PASOKH_DATA."
    )
