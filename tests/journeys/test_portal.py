"""One complaint in a real browser: the form, the receipt, the page where it is followed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from tests.casework.acts import Acts
from tests.casework.conftest import START, both, open_shop, open_terms
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.directory.organisation.models import Organisation
from pasokh.kernel import clock
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.models import OutsideBody, Term
