"""Sessions and who signed in: every page begins with them, so with one plain statement."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import configuration

_READ = f"""
SELECT session_data, {configuration.MARK} FROM django_session
WHERE session_key = %s AND expire_date > %s
"""  # noqa: S608  our words


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_READ, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        configuration.seen(found[1])
        kept: dict[str, Any] = self.decode(found[0])
        return kept


class SignedIn(AuthenticationBackend):
    """The backend of colleagues, who sign in by their address."""

    def get_user(self, user_id: Any) -> Any:
        return organisation.sign_in_of(int(user_id))
