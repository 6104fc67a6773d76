"""Where the database is: a server of the operator's (`DATABASE_URL`), or the embedded one of `NAKADACHI_DATA`.

Shared by the launcher and by every command. No Django here.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from nakadachi.infra.cluster import Cluster
from nakadachi.infra.cluster.server import APP_ROLE, OWNER_ROLE

ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """`NAKADACHI_DATA`, by default `var/` of the project."""
    return Path(os.environ.get("NAKADACHI_DATA") or ROOT / "var").resolve()


@dataclass(frozen=True)
class Urls:
    """`owner` migrates, `serving` serves with the lesser role `role`; `set_role` when one login plays both."""

    owner: str
    serving: str
    role: str
    set_role: bool = False

    def environment(self, *, as_owner: bool = False) -> dict[str, str]:
        """The variables a child process gets."""
        chosen = {"DATABASE_URL": self.owner if as_owner else self.serving}
        if self.set_role and not as_owner:
            chosen["NAKADACHI_SET_ROLE"] = self.role
        return os.environ | {"DJANGO_SETTINGS_MODULE": "nakadachi.config.settings"} | chosen


def given_urls() -> Urls | None:
    """The operator's own server, when the environment names one.

    With one login only, it migrates, and serving connections drop to `nakadachi_app` at once.
    """
    serving = os.environ.get("DATABASE_URL")
    if not serving:
        return None
    owner = os.environ.get("DATABASE_OWNER_URL") or serving
    if owner == serving:
        return Urls(owner, serving, APP_ROLE, set_role=True)
    return Urls(owner, serving, urlsplit(serving).username or APP_ROLE)


def embedded_urls(cluster: Cluster) -> Urls:
    """The embedded server's two roles."""
    return Urls(cluster.url(role=OWNER_ROLE), cluster.url(), APP_ROLE)


def manage(urls: Urls, *arguments: str, as_owner: bool = False) -> int:
    """Run a Django command in a process of its own; returns its exit code."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=urls.environment(as_owner=as_owner), check=False).returncode
