"""`/healthz`: whether database, web and worker all answer."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from pasokh.config.logs import HEALTH

#: The name under which the ledger's loop is seen among the database's sessions.
PULSE = "pasokh ledger"
#: Seconds without a sign of life after which a part counts as gone.
PATIENCE = 20

# The session of a killed worker ends with it, so its death shows at once; the heartbeat shows
# a worker that lives but no longer works.
_WORKER = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = %(pulse)s
    AND (state = 'active' OR state_change > clock_timestamp() - make_interval(secs => %(patience)s))
) AND EXISTS (
    SELECT FROM procrastinate_workers
    WHERE last_heartbeat > clock_timestamp() - make_interval(secs => %(patience)s)
)
"""


class Health:
    """Answers before hosts, sessions and redirects are looked at: a probe knows none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != HEALTH:
            return self.get_response(request)
        parts = state()
        answer = JsonResponse(parts, status=200 if all(parts.values()) else 503)
        answer["Cache-Control"] = "no-store"
        return answer


def state() -> dict[str, bool]:
    """Each part by name, and whether it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WORKER, {"pulse": PULSE, "patience": PATIENCE})
            (worker,) = cursor.fetchone()
    except DatabaseError:
        connection.close()
        return {"database": False, "web": True, "worker": False}
    return {"database": True, "web": True, "worker": worker}
