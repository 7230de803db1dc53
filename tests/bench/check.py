"""Verify the whole log of a database, as `pasokh verify` does, and print how many entries it has.

python -m tests.bench.check     (DATABASE_URL and PASOKH_DATA say where)
"""

import django

django.setup()

from pasokh.kernel.ledger import verify  # noqa: E402
from pasokh.kernel.ledger.models import Entry  # noqa: E402

if __name__ == "__main__":
    if findings := verify.whole_log():
        raise SystemExit("\n".join(map(str, findings[:10])))
    print(Entry.objects.count())
