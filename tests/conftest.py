"""One throw-away PostgreSQL for the whole run, unless `PASOKH_TEST_DATABASE_URL` names a server."""

import os
import tempfile

# Before Django reads its settings: tests never touch the operator's data folder.
os.environ.setdefault("PASOKH_DATA", tempfile.mkdtemp(prefix="pasokh-test-"))
if "PASOKH_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["PASOKH_TEST_DATABASE_URL"]
