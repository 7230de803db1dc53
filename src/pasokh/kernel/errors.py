"""The one way the domain says no."""


class Refused(Exception):  # noqa: N818  a refusal is an answer, not a mistake
    """Say why an act may not be done, by a stable code and facts, in no language.

    The sentence for each code stands in `refusals.py` of the package that raises it and is
    chosen where the reader's language is known: at the door.

    >>> raise Refused("step-not-open", step="close", state="received")
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code} ({facts})" if facts else self.code
