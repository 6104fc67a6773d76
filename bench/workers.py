"""Several processes doing the same thing for some seconds: `python -m bench.workers KIND SECONDS NUMBER OF`.

A worker prepares itself, says `ready`, waits for a line, works, and prints how many it did in how many seconds.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from bench.server import ROOT, BenchError


def run_together(kind: str, *, processes: int, seconds: float, url: str, **variables: object) -> float:
    """Start the workers, let them begin at once; all their work per second."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "nakadachi.config.settings"}
    environment |= {f"BENCH_{name.upper()}": str(value) for name, value in variables.items()}
    command = [sys.executable, "-m", "bench.workers", kind, str(seconds)]
    started = [
        subprocess.Popen(
            [*command, str(number), str(processes)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    try:
        for worker in started:
            if worker.stdout.readline().strip() != "ready":
                raise BenchError(f"a worker of {kind} did not start")
        for worker in started:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        rates = []
        for worker in started:
            done, took = worker.stdout.readline().split() or ("0", "0")
            if not float(took):
                raise BenchError(f"a worker of {kind} failed")
            rates.append(int(done) / float(took))
        return sum(rates)
    finally:
        for worker in started:
            worker.stdin.close()
            worker.wait(timeout=60)
            worker.stdout.close()


def posting(number: int, of: int) -> Callable[[], bool]:
    """One posting of four lines by psycopg, as the serving role."""
    import random
    from uuid import uuid4

    import psycopg

    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    holds, members = int(os.environ["BENCH_HOLDS"]), int(os.environ["BENCH_MEMBERS"])
    first_hold, first_member = int(os.environ["BENCH_FIRST_HOLD"]), int(os.environ["BENCH_FIRST_MEMBER"])
    amounts = [-10_550, 8_350, 2_000, 200]
    sql = "SELECT ledger.post(%s, 'hold.release', 'hold', %s::bigint, %s::bigint[], %s::bigint[], CURRENT_DATE)"
    dice = random.Random(number)

    def work() -> bool:
        hold = dice.randrange(holds)
        accounts = [first_hold + hold, first_member + dice.randrange(members), 20, 12]
        connection.execute(sql, [uuid4(), hold + 1, accounts, amounts])
        return True

    return work


def main(kind: str, seconds: float, number: int, of: int) -> None:
    """The worker's life. It ends early when `work` says there is nothing left."""
    from bench import accept, naive, tasks

    kinds = {
        "posting": posting,
        "accepting": accept.accepting,
        "naive": naive.accepting,
        "claiming": tasks.claiming,
    }
    work = kinds[kind](number, of)
    print("ready", flush=True)
    sys.stdin.readline()
    done, start = 0, time.perf_counter()
    until = start + seconds
    while time.perf_counter() < until and work():
        done += 1
    print(done, time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
