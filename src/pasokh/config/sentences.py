"""Every table of refusals, for the one lookup in `ui`, and the names of codes that are facts."""

from pasokh.api import refusals as api
from pasokh.casework.afterwards import refusals as afterwards
from pasokh.casework.assessment import refusals as assessment
from pasokh.casework.complaints import refusals as complaints
from pasokh.casework.correspondence.certificates import refusals as certificates
from pasokh.casework.correspondence.signing import refusals as signing
from pasokh.casework.correspondence.wording import labels
from pasokh.casework.correspondence.wording import refusals as wording
from pasokh.casework.deadlines import refusals as deadlines
from pasokh.casework.disputes import refusals as disputes
from pasokh.casework.exports import refusals as exports
from pasokh.casework.inspection import refusals as inspection
from pasokh.casework.intake import refusals as intake
from pasokh.casework.intake.conversations import refusals as conversations
from pasokh.casework.intake.drafts import refusals as drafts
from pasokh.casework.intake.entrances import refusals as entrances
from pasokh.casework.intake.imports import refusals as imports
from pasokh.casework.intake.mailroom import refusals as mailroom
from pasokh.casework.intake.scans import refusals as scans
from pasokh.casework.texting import refusals as texting
from pasokh.casework.webhooks import refusals as webhooks
from pasokh.channels import refusals as channels
from pasokh.desk import refusals as desk
from pasokh.directory.clients import refusals as clients
from pasokh.directory.organisation import refusals as organisation
from pasokh.directory.people import refusals as people
from pasokh.kernel import refusals as kernel
from pasokh.policy.regimes import refusals as regimes
from pasokh.policy.taxonomy import refusals as taxonomy

TABLES = (
    kernel.SENTENCES,
    regimes.SENTENCES,
    taxonomy.SENTENCES,
    people.SENTENCES,
    organisation.SENTENCES,
    clients.SENTENCES,
    deadlines.SENTENCES,
    certificates.SENTENCES,
    signing.SENTENCES,
    wording.SENTENCES,
    complaints.SENTENCES,
    intake.SENTENCES,
    conversations.SENTENCES,
    drafts.SENTENCES,
    entrances.SENTENCES,
    mailroom.SENTENCES,
    scans.SENTENCES,
    imports.SENTENCES,
    afterwards.SENTENCES,
    exports.SENTENCES,
    assessment.SENTENCES,
    disputes.SENTENCES,
    inspection.SENTENCES,
    texting.SENTENCES,
    webhooks.SENTENCES,
    channels.SENTENCES,
    desk.SENTENCES,
    api.SENTENCES,
)

#: What the codes in a fact of a refusal are called, by the fact's name.
NAMES = {"lacks": labels.LACKS}
