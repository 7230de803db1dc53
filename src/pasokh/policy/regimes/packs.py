"""The packs that come with the product, each read once and pinned by the digest of its bytes."""

import tomllib
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources

from pasokh.kernel.errors import Refused
from pasokh.policy.regimes import grammar
from pasokh.policy.regimes.grammar import PackFaults
from pasokh.policy.regimes.pack import Pack

_FOLDER = resources.files("pasokh.policy.regimes") / "data"
_SUFFIX = ".toml"


@cache
def load(pack_id: str) -> Pack:
    """The pack of an id, with its default numbers; Refused `pack-unknown`."""
    if pack_id not in ids():
        raise Refused("pack-unknown", pack=pack_id)
    name = pack_id + _SUFFIX
    pack = parse((_FOLDER / name).read_bytes(), name=name)
    if pack.id != pack_id:
        raise PackFaults(name, [f"id: must be {pack_id}, as the file is named, not {pack.id}"])
    return pack


@lru_cache(maxsize=100)
def chosen(pack_id: str, values: frozenset[tuple[str, int]]) -> Pack:
    """The pack of an id with numbers set by the organisation; see `Pack.with_parameters`."""
    return load(pack_id).with_parameters(dict(values))


@cache
def ids() -> tuple[str, ...]:
    """The ids of all packs, in alphabetical order."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(n.removesuffix(_SUFFIX) for n in names if n.endswith(_SUFFIX)))


def all() -> tuple[Pack, ...]:  # read as `packs.all()`
    """Every pack, in the order of their ids."""
    return tuple(load(pack_id) for pack_id in ids())


def parse(content: bytes, *, name: str) -> Pack:
    """Make a pack of a file's bytes; `PackFaults` with every fault, each a sentence."""
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PackFaults(name, [f"is not UTF-8 at byte {error.start}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise PackFaults(name, [f"is not TOML: {error}"]) from None
    return grammar.read(document, name=name, digest=sha256(content).hexdigest())
