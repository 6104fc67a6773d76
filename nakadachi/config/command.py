"""`bin/nakadachi COMMAND …`: attaches to the running market of `NAKADACHI_DATA`, else starts its database and stops it
again. `fees` needs neither Django nor a database."""

import os
import sys

from nakadachi.config.environment import data_folder, embedded_urls, given_urls, manage
from nakadachi.infra.cluster import Cluster, ClusterError
from nakadachi.infra.cluster.server import APP_ROLE

_WITHOUT_DATABASE = {"docs", "check_project", "help", "makemigrations"}


def main(arguments: list[str]) -> int:
    """Dispatch; returns the exit code."""
    if arguments[:1] == ["fees"]:
        from nakadachi.money.rulebook.fees_command import main as fees

        return fees(arguments[1:])
    os.environ.setdefault("NAKADACHI_DEMO", "1")
    urls = given_urls()
    if urls is not None:
        return manage(urls, *(arguments or ["help"]))
    cluster = Cluster(data_folder())
    if not arguments or arguments[0] in _WITHOUT_DATABASE or cluster.is_running():
        return manage(embedded_urls(cluster), *(arguments or ["help"]))
    if not cluster.take_lock(wait_seconds=30):
        print(f"Another process is starting or stopping the database in {cluster.folder}.", file=sys.stderr)
        return 1
    try:
        cluster.start()
        urls = embedded_urls(cluster)
        if manage(urls, "prepare_database", "--grant-to", APP_ROLE, as_owner=True):
            return 1
        return manage(urls, *arguments)
    except (ClusterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
