"""Django's PostgreSQL, but for how it finds out that a session is still open."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A session that is asked nothing to know that it lives (`docs/decisions/0019`)."""

    def is_usable(self) -> bool:
        """Whether the server still listens: it says so before it hangs up, else it is silent.

        Only where it said something is it asked, which takes a round trip.
        """
        if self.connection is None or self.connection.closed:
            return False
        told = select.poll()
        told.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not told.poll(0) or bool(super().is_usable())
