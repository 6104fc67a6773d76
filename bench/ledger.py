"""G1–G6 and G13: how fast yen are posted, folded and audited, against TPC-B of the same server."""

import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from bench import accept, naive, workers
from bench.rounds import Plan, Result, against_tpcb
from bench.server import ANCHOR_DATABASE, BenchError, Server

POST = Path(__file__).parent / "scripts" / "post.sql"
OWNERS = 10_000
HOLD_YEN = 500_000_000_000
CLIENTS = (1, 4, 8, 16)
AUDIT_ENTRIES_MIN = 1_000_000


def run(server: Server, plan: Plan) -> Iterator[Result]:
    """All figures of the ledger; raises `BenchError` if the audit afterwards is not clean."""
    url = server.make_database("ledger_bench")
    attach_django(url, server)
    places = prepare()
    server.settle("ledger_bench")
    ratios = {}
    with folding(server):
        for clients in CLIENTS:

            def post(clients: int = clients) -> float:
                return server.script(POST, "ledger_bench", clients, plan.seconds, **places)

            ratios[clients] = against_tpcb(server, plan, clients=clients, subject=post)
            yield Result(f"G1@c{clients}", ratios[clients], "postings per transaction", f"TPC-B c{clients}", gate=0.8)
        yield Result("G2", round(ratios[16] / ratios[4], 3), "G1@c16 per G1@c4", "itself", gate=0.75)

        def by_psycopg() -> float:
            return workers.run_together("posting", processes=8, seconds=plan.seconds, url=url, **places)

        found = against_tpcb(server, plan, clients=8, subject=by_psycopg)
        yield Result("G3", found, "postings per transaction", "TPC-B c8", gate=0.6)
    must_be_clean()
    yield from accept.run(server, plan)
    attach_django(url, server)
    found = against_tpcb(server, plan, clients=1, subject=lambda: batches(places, plan.seconds))
    yield Result("G5", found, "postings per transaction", "TPC-B c1", gate=5)
    yield net_cost(server, places, rounds=plan.rounds)
    must_be_clean()
    server.settle("ledger_bench")
    yield from audit(places, rounds=plan.rounds)


def attach_django(url: str, server: Server) -> None:
    """Let this process's Django speak with a database of the scratch server."""
    os.environ |= {"DATABASE_URL": url, "NAKADACHI_DATA": str(server.cluster.folder)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")
    import dj_database_url
    import django
    from django.apps import apps
    from django.db import connections

    if not apps.ready:
        django.setup()
        naive.declare()
    connections["default"].close()
    connections["default"].settings_dict |= {
        key: value for key, value in dj_database_url.parse(url).items() if key in ("NAME", "USER", "HOST")
    }


def prepare() -> dict[str, int]:
    """Accounts of holds and members, every hold with money enough for all that follows."""
    from django.db import connection

    from nakadachi.money.ledger import book

    opened = {}
    with connection.cursor() as cursor:
        for kind in ("hold", "member"):
            sql = "SELECT min(ledger.open_account(%s, %s, n)) FROM generate_series(1, %s) AS n"
            cursor.execute(sql, [kind, kind, OWNERS])
            opened[f"first_{kind}"] = cursor.fetchone()[0]
    places = {**opened, "holds": OWNERS, "members": OWNERS}
    for start in range(0, OWNERS, 1_000):
        drafts = [
            _draft(
                "hold.fund", {book.SYSTEM["psp_clearing"]: -HOLD_YEN, places["first_hold"] + number: HOLD_YEN}, number
            )
            for number in range(start, start + 1_000)
        ]
        book.post_batch([(draft, uuid4()) for draft in drafts])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.fold()")
    return places


def _draft(kind, lines, number):  # type: ignore[no-untyped-def]
    from nakadachi.infra import clock
    from nakadachi.money.ledger.book import Draft, Line

    written = [Line(account_id, amount_yen) for account_id, amount_yen in lines.items()]
    return Draft(kind=kind, lines=written, ref_type="hold", ref_id=number + 1, effective_at=clock.now().date())


@contextmanager
def folding(server: Server) -> Iterator[None]:
    """The fold runs every second beside the load, as it does in production."""
    over = threading.Event()

    def fold() -> None:
        with server.connect("ledger_bench") as connection:
            while not over.wait(1):
                connection.execute("SELECT ledger.fold()")

    thread = threading.Thread(target=fold)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def batches(places: dict[str, int], seconds: float) -> float:
    """Journals per second through `book.post_batch`, a thousand at a time, one process."""
    from nakadachi.money.ledger import book
    from nakadachi.money.ledger.book import SYSTEM

    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        drafts = []
        for number in range(1_000):
            place = (done + number) % OWNERS
            hold, member = places["first_hold"] + place, places["first_member"] + place
            lines = {hold: -10_550, member: 8_350, SYSTEM["fee_revenue_worker"]: 2_000}
            lines[SYSTEM["consumption_tax_payable"]] = 200
            drafts.append((_draft("hold.release", lines, place), uuid4()))
        book.post_batch(drafts)
        done += 1_000
    return done / (time.perf_counter() - start)


_NET_TPCB = """
DO $$
DECLARE a integer; t integer; b integer; d integer; x integer;
BEGIN
    FOR k IN 1 .. {times} LOOP
        a := 1 + random() * {scale} * 99999; t := 1 + random() * ({scale} * 10 - 1); b := 1 + random() * ({scale} - 1);
        d := random() * 1000;
        UPDATE pgbench_accounts SET abalance = abalance + d WHERE aid = a;
        SELECT abalance INTO x FROM pgbench_accounts WHERE aid = a;
        UPDATE pgbench_tellers SET tbalance = tbalance + d WHERE tid = t;
        UPDATE pgbench_branches SET bbalance = bbalance + d WHERE bid = b;
        INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (t, b, a, d, CURRENT_TIMESTAMP);
        IF k % 100 = 0 THEN COMMIT; END IF;
    END LOOP;
END $$
"""
_NET_POST = """
DO $$
BEGIN
    FOR k IN 1 .. {times} LOOP
        PERFORM ledger.post(gen_random_uuid(), 'hold.release', 'hold', k,
            ARRAY[{first_hold} + (random() * {last})::integer, {first_member} + (random() * {last})::integer, 20, 12],
            ARRAY[-10550, 8350, 2000, 200]::bigint[], CURRENT_DATE);
        IF k % 100 = 0 THEN COMMIT; END IF;
    END LOOP;
END $$
"""


def net_cost(server: Server, places: dict[str, int], *, rounds: int, times: int = 5_000) -> Result:
    """Processor time of a posting inside the server over that of TPC-B's five statements: no network, no disk."""
    tpcb = _NET_TPCB.format(times=times, scale=server.scale)
    post = _NET_POST.format(times=times, last=OWNERS - 1, **places)
    ratios = []
    with server.connect(ANCHOR_DATABASE) as anchor, server.connect("ledger_bench") as ledger:
        for connection in (anchor, ledger):
            connection.execute("SET synchronous_commit = off")
        _processor_time(anchor, tpcb)
        _processor_time(ledger, post)
        for _ in range(rounds):
            before = _processor_time(anchor, tpcb)
            subject = _processor_time(ledger, post)
            ratios.append(subject / ((before + _processor_time(anchor, tpcb)) / 2))
    found = round(statistics.median(ratios), 3)
    return Result("G6", found, "cost of a posting", "TPC-B's statements, in the server", gate=3, lower_is_better=True)


def _processor_time(connection, sql: str) -> float:  # type: ignore[no-untyped-def]
    """Seconds of the backend's processor; of the clock where /proc does not tell."""
    stat = Path(f"/proc/{connection.info.backend_pid}/stat")

    def now() -> float:
        if not stat.exists():
            return time.perf_counter()
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    start = now()
    connection.execute(sql)
    return now() - start


def must_be_clean(names: tuple[str, ...] = ()) -> None:
    """G15: after every benchmark the audit of the ledger has nothing to say."""
    from nakadachi.money.ledger import checks

    offenders = checks.run(names or checks.OWN)
    if offenders:
        raise BenchError(f"the audit after the benchmark found: {offenders[0]} (and {len(offenders) - 1} more)")


def audit(places: dict[str, int], *, rounds: int) -> Iterator[Result]:
    """The checks from one snapshot, in million entries a second: all sums, then everything with the patterns."""
    from django.db import connection

    from nakadachi.money.ledger import checks

    def entries() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger.entry")
            return cursor.fetchone()[0]

    while entries() < AUDIT_ENTRIES_MIN:
        batches(places, 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.fold()")
    total = entries()
    sums = tuple(name for name in checks.OWN if name != "patterns")
    for name, chosen, what, gate in (
        ("G13", sums, "the audit of all sums, one snapshot", 1),
        ("G13:all", checks.OWN, "the same with the pattern of every journal", None),
    ):
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            must_be_clean(chosen)
            times.append(time.perf_counter() - start)
        rate = total / statistics.median(times) / 1_000_000
        yield Result(name, round(rate, 3), "million entries per second", what, gate=gate)
