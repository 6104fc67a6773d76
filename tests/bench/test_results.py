"""A figure on one line: what programs read, what people read, and whether it meets its gate."""

import json

from bench.rounds import Plan, Result, against_tpcb


class Anchor:
    """TPC-B that drifts: 100, 120, 140, … per second."""

    def __init__(self):
        self.tps = 80.0

    def tpcb(self, clients, seconds):
        self.tps += 20
        return self.tps


def test_json_has_exactly_the_four_keys():
    line = json.loads(json.dumps(Result("G1@c8", 1.02, "postings", "TPC-B c8", gate=0.8).as_json()))
    assert line == {"name": "G1@c8", "ratio": 1.02, "unit": "postings", "against": "TPC-B c8"}


def test_a_gate_is_met_or_missed():
    assert Result("G1", 0.8, "", "", gate=0.8).passed
    assert not Result("G1", 0.79, "", "", gate=0.8).passed
    assert Result("G6", 3.0, "", "", gate=3, lower_is_better=True).passed
    assert not Result("G6", 3.1, "", "", gate=3, lower_is_better=True).passed
    assert Result("G4:orm", 0.01, "", "").passed
    assert "MISSED (gate ≥ 0.8)" in Result("G1", 0.5, "postings", "TPC-B", gate=0.8).as_text()
    assert "ok (gate ≤ 3)" in Result("G6", 2.4, "cost", "TPC-B", gate=3, lower_is_better=True).as_text()


def test_every_round_is_compared_with_its_neighbours_so_that_drift_cancels_out():
    anchor = Anchor()
    ratio = against_tpcb(anchor, Plan(rounds=5, seconds=1, scale=1), clients=4, subject=lambda: anchor.tps + 10)
    assert ratio == 1.0
