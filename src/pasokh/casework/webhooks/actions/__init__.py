"""The verbs on webhooks: who is told, and every telling."""

from pasokh.casework.webhooks.actions.delivering import Outcome as Outcome
from pasokh.casework.webhooks.actions.delivering import Outgoing as Outgoing
from pasokh.casework.webhooks.actions.delivering import lose_sight as lose_sight
from pasokh.casework.webhooks.actions.delivering import purge as purge
from pasokh.casework.webhooks.actions.delivering import put_back as put_back
from pasokh.casework.webhooks.actions.delivering import queue as queue
from pasokh.casework.webhooks.actions.delivering import settle as settle
from pasokh.casework.webhooks.actions.delivering import take as take
from pasokh.casework.webhooks.actions.subscribing import Terms as Terms
from pasokh.casework.webhooks.actions.subscribing import change as change
from pasokh.casework.webhooks.actions.subscribing import end as end
from pasokh.casework.webhooks.actions.subscribing import replay as replay
from pasokh.casework.webhooks.actions.subscribing import replay_all as replay_all
from pasokh.casework.webhooks.actions.subscribing import resume as resume
from pasokh.casework.webhooks.actions.subscribing import rotate as rotate
from pasokh.casework.webhooks.actions.subscribing import subscribe as subscribe
from pasokh.casework.webhooks.actions.subscribing import try_out as try_out
