"""`pasokh check`: whether the installation is in order, sentence by sentence."""

import argparse
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pasokh.channels import antivirus
from pasokh.channels.previews import cell
from pasokh.config import database, environment, installation, tables
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _, disk_trouble, language, say
from pasokh.kernel import targets

Check = Callable[[Environment], str]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(options: argparse.Namespace) -> int:
    surroundings = environment.read()
    wrong = 0
    for right, sentence in examine(surroundings):
        say(f"{'✓' if right else '✗'} {sentence}")
        wrong += not right
    return 1 if wrong else 0


def examine(surroundings: Environment) -> Iterator[tuple[bool, str]]:
    """Each finding: whether it is in order, and its sentence. Stops where the next would fail."""
    for check in CHECKS:
        try:
            yield True, check(surroundings)
        except Unable as unable:
            yield False, str(unable)
            if check in (_database, _tables):
                return


def _settings(surroundings: Environment) -> str:
    if surroundings.https and not surroundings.proxies:
        raise Unable(
            _(
                "PASOKH_ADDRESS begins with https, but PASOKH_PROXIES names no proxy. Name the "
                "proxy that speaks TLS, so that Pasokh believes what it says about visitors."
            )
        )
    if wrong := [one for one in surroundings.outgoing if not targets.networks([one])]:
        raise Unable(
            _(
                "PASOKH_OUTGOING_NETWORKS names %(networks)s, which is no network, so nothing is "
                "sent there. Write networks such as %(example)s."
            )
            % {"networks": ", ".join(wrong), "example": "10.0.0.0/8"}
        )
    return _("The settings fit together; Pasokh answers to %(hosts)s.") % {
        "hosts": ", ".join(surroundings.hosts)
    }


def _data(surroundings: Environment) -> str:
    data = surroundings.data
    if not data.is_dir():
        raise Unable(
            _("The data folder %(path)s is not there yet. “pasokh serve” makes it.")
            % {"path": data}
        )
    probe = data / f".check.{os.getpid()}"
    try:
        with open(probe, "wb") as file:
            file.write(bytes(4096))
        probe.unlink()
    except OSError as error:
        probe.unlink(missing_ok=True)
        raise disk_trouble(error, data) or error from error
    return _("The data folder %(path)s can be written to.") % {"path": data}


def _secrets(surroundings: Environment) -> str:
    for path in (surroundings.secrets, *sorted(surroundings.secrets.glob("*"))):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Unable(
                _("Others may read the secret %(path)s. Run: chmod %(mode)s “%(path)s”.")
                % {"path": path, "mode": _private(path)}
            )
    return _("The secrets can be read by their owner alone.")


def _private(path: Path) -> str:
    return "700" if path.is_dir() else "600"


def _serving(surroundings: Environment) -> str:
    if surroundings.database_url:
        return _("The database is the one that DATABASE_URL names.")
    if not installation.is_held(surroundings.data):
        raise Unable(
            _("“pasokh serve” is not running, and the embedded database stops with it. Start it.")
        )
    return _("The database is the embedded one.")


def _database(surroundings: Environment) -> str:
    version = database.require(surroundings)
    return _(
        "The database answers: PostgreSQL %(version)s, UTF-8, and Pasokh may create tables."
    ) % {"version": version}


def _scanner(surroundings: Environment) -> str:
    try:
        found = antivirus.scanner(surroundings.scanner or "")
        name, _signatures = antivirus.version(found) if found else ("", "")
    except ValueError as error:
        raise Unable(
            _("PASOKH_SCANNER names no scanner on this machine. Write it as %(example)s.")
            % {"example": "unix:/run/clamav/clamd.ctl"}
        ) from error
    except antivirus.Silent as error:
        raise Unable(
            _("The virus scanner does not answer (%(why)s). Start it, or correct PASOKH_SCANNER.")
            % {"why": error}
        ) from error
    if not name:
        return _("No virus scanner is set; files that people send are not checked.")
    return _("The virus scanner answers: %(name)s.") % {"name": name}


def _drawing(surroundings: Environment) -> str:
    with tempfile.TemporaryFile() as file:
        file.write(_POINT)
        file.seek(0)
        outcome = cell.draw(file, "image/gif", most=1)
    if outcome.failed:
        raise Unable(
            _("Pictures of files cannot be drawn (%(why)s); the files can only be saved.")
            % {"why": outcome.failed}
        )
    if outcome.alone:
        return _("Pictures of files are drawn by a process without network.")
    return _("Pictures of files are drawn by a process that can open no connection.")


#: A picture of one point.
_POINT = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def _tables(surroundings: Environment) -> str:
    with database.connect(surroundings) as connection:
        tables.require_known(tables.applied(connection))
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from pasokh.config.migrate import pending  # noqa: PLC0415  apps not loaded

    if missing := pending():
        raise Unable(
            _("Changes to the tables are missing (%(count)s). Run “pasokh migrate”.")
            % {"count": missing}
        )
    return _("The tables are up to date.")


def _letters(surroundings: Environment) -> str:
    """Open the mail server as the sweep does, and leave again."""
    from django.utils import translation  # noqa: PLC0415  Django-free path

    from pasokh.casework.intake.mailroom.labels import TROUBLES  # noqa: PLC0415  apps not loaded
    from pasokh.channels import outgoing  # noqa: PLC0415  apps not loaded
    from pasokh.channels.carriers import Unreachable  # noqa: PLC0415  apps not loaded

    if (carrier := outgoing.carrier()) is None:
        return _("No mail server is set, so letters by e-mail wait.")
    try:
        with carrier:
            return _("The way by which letters leave is open.")
    except Unreachable as error:
        with translation.override(language()):
            why = str(TROUBLES.get(str(error), error))
        raise Unable(_("Letters by e-mail wait: %(why)s") % {"why": why}) from error


def _vouching(surroundings: Environment) -> str:
    """Look at the certificates: those of who may vouch for others, and our own that signs."""
    from pasokh.casework.correspondence.certificates import (  # noqa: PLC0415  apps not loaded
        authorities,
        queries,
    )
    from pasokh.directory.organisation import queries as house  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.clock import now  # noqa: PLC0415  Django-free path

    try:
        place = surroundings.mail_authorities
        known = len(authorities.read(place)) if place else 0
    except (OSError, ValueError) as error:
        raise Unable(
            _(
                "PASOKH_MAIL_AUTHORITIES names %(path)s, which holds no certificates in PEM, so no "
                "signature of a mail can be judged."
            )
            % {"path": surroundings.mail_authorities}
        ) from error
    own = house.organisation()
    if own and own.mailbox and queries.ending(own.mailbox, now()):
        raise Unable(
            _("The certificate that signs letters ends soon or has ended. Take over a new one.")
        )
    return _("Trusted certificate authorities for mail: %(count)s.") % {"count": known}


CHECKS: tuple[Check, ...] = (
    *(_settings, _data, _secrets, _serving, _database),
    *(_scanner, _drawing, _tables, _letters, _vouching),
)
