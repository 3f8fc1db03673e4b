"""Mail programs of the system that tests talk with. Missing ones are skipped, in CI they fail."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.ports import free_port


def needed(name: str) -> str:
    """Return the path of a program, or skip the test; with YDIN_REQUIRE_INTEROP=1 fail it."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if path is None:
        if os.environ.get("YDIN_REQUIRE_INTEROP"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed (apt-get install swaks dovecot-imapd)")
    return path


CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 0
first_valid_gid = 0
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
"""


@contextmanager
def imap_server(folder: Path) -> Iterator[tuple[int, Path]]:
    """Run dovecot for the user `box` with the password `secret`; give its port and where new mail is put."""
    program, port = needed("dovecot"), free_port()
    # it keeps no mail for root
    account = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    (folder / "run").mkdir()
    new = folder / "mail" / "box" / "new"
    for part in ("new", "cur", "tmp"):
        (new.parent / part).mkdir(parents=True)
    for path in (folder / "mail", new.parent, *new.parent.iterdir()):
        os.chown(path, account.pw_uid, account.pw_gid)
    folder.chmod(0o755)
    config = folder / "dovecot.conf"
    values = {
        "folder": folder,
        "port": port,
        "user": account.pw_name,
        "group": grp.getgrgid(account.pw_gid).gr_name,
        "uid": account.pw_uid,
        "gid": account.pw_gid,
    }
    config.write_text(textwrap.dedent(CONFIG.format(**values)))
    server = subprocess.Popen([program, "-F", "-c", str(config)], stderr=subprocess.PIPE)
    try:
        wait_for_port(port, server, folder / "log")
        yield port, new
    finally:
        server.terminate()
        server.wait(10)
        assert server.stderr is not None
        server.stderr.close()


def wait_for_port(
    port: int, server: subprocess.Popen[bytes], log: Path | None = None, seconds: float = 60
) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            said = log.read_text() if log is not None and log.exists() else ""
            assert server.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.05)
        else:
            return
