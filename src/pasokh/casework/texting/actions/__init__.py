"""Every verb on texts and on the gateway by which they leave. Nothing else writes them."""

from pasokh.casework.texting.actions.sending import (
    answer,
    arrived,
    asked,
    begin,
    came_back,
    draw,
    fail,
    forget_queued,
    handed_over,
    lose_sight,
    lost_sight,
    matching,
    put_off,
    take_back,
    unreachable,
)
from pasokh.casework.texting.actions.setting import end_gateway, open_reports, set_gateway

__all__ = [
    "answer",
    "arrived",
    "asked",
    "begin",
    "came_back",
    "draw",
    "end_gateway",
    "fail",
    "forget_queued",
    "handed_over",
    "lose_sight",
    "lost_sight",
    "matching",
    "open_reports",
    "put_off",
    "set_gateway",
    "take_back",
    "unreachable",
]
