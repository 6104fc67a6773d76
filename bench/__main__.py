"""`python -m bench [ledger|tasks|pages …] [--json] [--quick]`: one line per figure, exit 1 if a gate is missed."""

import argparse
import importlib
import json
import signal
import sys
from importlib.util import find_spec

from bench.rounds import FULL, QUICK
from bench.server import BenchError, scratch_server

NAMES = tuple(name for name in ("ledger", "tasks", "pages", "cpu") if find_spec(f"bench.{name}"))


def main(arguments: list[str]) -> int:
    """0 when every figure meets its gate, 1 when one does not, 2 when measuring is not possible."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(NAMES)}; default: all")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: a first look, not a verdict")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    plan = QUICK if chosen.quick else FULL
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave through the clean-up, not past it
    passed = True
    try:
        with scratch_server(scale=plan.scale) as server:
            for name in chosen.names or NAMES:
                for result in importlib.import_module(f"bench.{name}").run(server, plan):
                    print(json.dumps(result.as_json()) if chosen.json else result.as_text(), flush=True)
                    passed = passed and result.passed
    except BenchError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
