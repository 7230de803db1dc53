"""The figures of a run as a table that people read."""

from collections.abc import Iterator
from typing import Any

Found = dict[str, Any]
BARE = "bare insert"
#: What is compared with it, in words.
FILED = {"file": "filing", "file (API)": "filing by a program"}


def of(found: Found) -> str:
    """The whole run: on what, each operation at each size, and what it comes to."""
    sizes = found["sizes"]
    lines = [", ".join(f"{name} {value}" for name, value in found["machine"].items()), ""]
    heads = [f"{size['complaints']:>12,} complaints" for size in sizes]
    lines.append(f"{'operation':<24}{'clients':>8}{'SQL':>5}" + "".join(f"{h:>27}" for h in heads))
    lines.append(" " * 37 + f"{'p50 ms':>9}{'p95 ms':>9}{'/s':>9}" * len(sizes) + f"{'grows':>8}")
    lines += [_row(*key, sizes) for key in _keys(sizes)]
    lines += ["", *_sums(sizes), *_exports(found.get("exports", []))]
    return "\n".join(lines)


def _keys(sizes: list[Found]) -> list[tuple[str, int]]:
    return list(dict.fromkeys((one["operation"], one["clients"]) for one in sizes[0]["operations"]))


def figure(size: Found, operation: str, clients: int, name: str) -> float:
    """A figure of an operation; the mean where it was measured more than once."""
    values = [
        one[name]
        for one in size["operations"]
        if (one["operation"], one["clients"]) == (operation, clients)
    ]
    return float(sum(values) / len(values))


def _row(operation: str, clients: int, sizes: list[Found]) -> str:
    statements = sizes[-1]["statements"].get(operation, 1)
    cells = "".join(
        f"{figure(size, operation, clients, 'p50_ms'):>9.2f}"
        f"{figure(size, operation, clients, 'p95_ms'):>9.2f}"
        f"{figure(size, operation, clients, 'per_second'):>9.0f}"
        for size in sizes
    )
    grows = growth(operation, clients, sizes)
    return f"{operation:<24}{clients:>8}{statements:>5}{cells}{grows:>8.2f}"


def growth(operation: str, clients: int, sizes: list[Found]) -> float:
    """The median at the largest size over that at the smallest."""
    last, first = (figure(sizes[at], operation, clients, "p50_ms") for at in (-1, 0))
    return last / first


def _sums(sizes: list[Found]) -> Iterator[str]:
    for size in sizes:
        done = {(one["operation"], one["clients"]) for one in size["operations"]}
        for operation, clients in sorted(done):
            if said := FILED.get(operation):
                bare = figure(size, BARE, clients, "per_second")
                share = bare / figure(size, operation, clients, "per_second")
                yield (
                    f"{size['complaints']:,} complaints, {clients} clients: "
                    f"{said} runs at 1/{share:.1f} of the bare insert's rate"
                )
        filled = f"{size['complaints']:,} complaints: filled in {size['filled_in_s']} s"
        if "entries" in size:
            filled += f", {size['entries']:,} entries verified in {size['verified_in_s']} s"
        yield filled
        if mail := size.get("mail"):
            yield _mail(size["complaints"], mail)
        if rates := size.get("import"):
            yield _import(size["complaints"], rates)
        if memory := size.get("memory"):
            yield "idle: " + ", ".join(f"{name} {value}" for name, value in memory.items())


def _mail(complaints: int, rates: Found) -> str:
    """Mails a second the whole way, and what part that is of the bare parse's rate."""
    parts = ", ".join(
        f"1/{rates[parse] / rates['whole']:.1f} of the bare parse ({policy}: {rates[parse]:.0f})"
        for parse, policy in (("parse_default", "default"), ("parse_compat32", "compat32"))
    )
    whole = f"{complaints:,} complaints: {rates['whole']:.0f} mails a second the whole way"
    return f"{whole}, {parts}; read {rates['read']:.0f}"


def _import(complaints: int, rates: Found) -> str:
    """Rows a second in both ways, and what part each is of the bare inserts' rate."""
    ways = ", ".join(
        f"{rates[mode]:.0f} {how} (1/{rates['bare_hundred'] / rates[mode]:.1f})"
        for mode, how in (("receive", "to be handled"), ("history", "as history"))
    )
    bare = f"{rates['bare_hundred']:.0f} a hundred at once, {rates['bare_each']:.0f} one by one"
    looked = f"looked through {rates['looked']:.0f}"
    return f"{complaints:,} complaints: rows imported a second: {ways}, {looked}; bare: {bare}"


def _exports(made: list[Found]) -> Iterator[str]:
    """Each list with the most memory it took, and what that is of the shortest of its kind."""
    for one in made:
        least = next(first for first in made if first["format"] == one["format"])
        yield (
            f"export of {one['rows']:,} files as {one['format']}: {one['seconds']} s, "
            f"{one['peak_mib']} MiB at most, {one['peak_mib'] / least['peak_mib']:.2f} of the first"
        )
