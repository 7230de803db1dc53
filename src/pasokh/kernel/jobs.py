"""The domain's only way to have something done in the background: by name, with ids."""

from procrastinate.contrib.django import app


def later(name: str, /, *, lock: str | None = None, **ids: int | str) -> int:
    """Enqueue a job in the caller's transaction and return its number.

    A rolled-back act leaves no job. Jobs with the same `lock` run one after another, in order.
    Only ids travel: a job reads what it needs when it runs.
    """
    for key, value in ids.items():
        if type(value) not in (int, str):
            raise TypeError(f"job {name}: {key} is not an id")
    return app.configure_task(name, allow_unknown=True, lock=lock).defer(**ids)
