"""What of somebody's words is repeated in an answer to them. Pure."""

import re

#: The most that is quoted: enough to know what is answered; the whole stands in the file.
MOST_LINES, MOST_SIGNS = 15, 1200

_BLANK = re.compile(r"\n\s*\n(\s*\n)+")


def folded(text: str) -> str:
    """The words of a message for a quotation: without what they quoted themselves, and not long."""
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    said = _BLANK.sub("\n\n", own.replace("\r", "")).strip() or text.strip()
    lines = said.split("\n")
    kept = "\n".join(lines[:MOST_LINES])[:MOST_SIGNS].rstrip()
    return kept if kept == said else f"{kept} …"
