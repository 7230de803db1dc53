"""Who listens to what: the whole truth on one page."""

from pasokh.kernel.ledger.follow import Follower

FOLLOWERS: tuple[Follower, ...] = ()
