"""`bin/nakadachi COMMAND …`: attaches to the running market of `NAKADACHI_DATA`, else starts its database and stops it
again. `fees` needs neither Django nor a database."""

import os
import sys

from nakadachi.config.environment import Urls, data_folder, embedded_urls, given_urls, manage
from nakadachi.infra.cluster import Cluster, ClusterError

_AS_OWNER = {"backup", "restore", "erase_again"}
_WITHOUT_DATABASE = {"docs", "check_project", "help", "maintenance_page", "makemigrations"}


def main(arguments: list[str]) -> int:
    """Dispatch; returns the exit code."""
    if arguments[:1] == ["fees"]:
        from nakadachi.money.rulebook.fees_command import main as fees

        return fees(arguments[1:])
    os.environ.setdefault("NAKADACHI_DEMO", "1")
    urls = given_urls()
    cluster = Cluster(data_folder())
    if urls is not None or not arguments or arguments[0] in _WITHOUT_DATABASE or cluster.is_running():
        urls = urls or embedded_urls(cluster)
        return (arguments[:1] == ["restore"] and prepare(urls)) or run(urls, *(arguments or ["help"]))
    if not cluster.take_lock(wait_seconds=30):
        print(f"Another process is starting or stopping the database in {cluster.folder}.", file=sys.stderr)
        return 1
    try:
        cluster.start()
        urls = embedded_urls(cluster)
        return prepare(urls) or run(urls, *arguments)
    except (ClusterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        cluster.stop()


def run(urls: Urls, command: str, *arguments: str) -> int:
    """The command itself; what reads or fills every table runs as the owner."""
    return manage(urls, command, *arguments, as_owner=command in _AS_OWNER)


def prepare(urls: Urls) -> int:
    """Migrate, grant, publish the texts that are missing; returns the exit code."""
    granted = manage(urls, "prepare_database", "--grant-to", urls.role, as_owner=True)
    return granted or manage(urls, "publish_texts")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
