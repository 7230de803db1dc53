"""Who may speak to other machines: the mail out, and HTTP that judges every address it opens."""

import ast
from collections.abc import Mapping

#: Whoever imports one of these could speak to another machine.
CLIENTS = {"aiohttp", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib"}
CLIENTS |= {"socket", "telnetlib", "urllib.request", "urllib3", "xmlrpc.client"}
#: Those who do, and what for.
MAY = {
    "pasokh/channels/carriers.py": {"smtplib"},
    "pasokh/channels/mail_in/imap.py": {"imaplib"},  # our own mailboxes, set by administrators
    "pasokh/channels/antivirus.py": {"socket"},  # clamd, on this machine alone
    "pasokh/channels/web_out.py": {"http.client", "socket"},  # judges each address before
    "pasokh/config/serve.py": {"socket"},  # asks its own web server whether it answers
    "pasokh/config/web.py": {"socket"},  # looks whether its port is free
}


def clients(tree: ast.Module) -> set[str]:
    """The modules for speaking to other machines that a file imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name in CLIENTS or name.split(".")[0] in CLIENTS}


def test_the_linter_sees_every_way_of_importing() -> None:
    code = "import socket\nfrom urllib import request\nfrom http.client import HTTPConnection\n"

    assert clients(ast.parse(code)) >= {"socket", "urllib.request", "http.client"}
    assert clients(ast.parse("from urllib.parse import urlsplit\n")) == set()


def test_only_those_named_speak_to_other_machines(trees: Mapping[str, ast.Module]) -> None:
    found = {name: clients(tree) for name, tree in trees.items()}

    assert {name: what for name, what in found.items() if what} == MAY
