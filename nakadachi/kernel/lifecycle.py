"""States and moves as pure data. The database side, one conditional update, is `infra.moves`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One allowed change of status. `who` names the actors in words, for docs and tests."""

    name: str
    sources: frozenset[str]
    target: str
    who: str

    def __init__(self, name: str, sources: set[str], target: str, who: str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "sources", frozenset(sources))
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "who", who)


@dataclass(frozen=True)
class Lifecycle:
    """The whole life of one kind of thing. `states` maps each status to one line of meaning."""

    name: str
    states: dict[str, str]
    initial: str
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        assert self.initial in self.states, self.initial
        assert len({move.name for move in self.moves}) == len(self.moves), "move names are unique"
        for move in self.moves:
            assert move.sources <= self.states.keys(), move
            assert move.target in self.states, move

    def __getitem__(self, name: str) -> Move:
        """The move of that name; KeyError when there is none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def allows(self, status: str, name: str) -> bool:
        """True when the move may start from `status`."""
        return status in self[name].sources

    @property
    def final(self) -> frozenset[str]:
        """States that nothing leaves."""
        return frozenset(self.states) - frozenset(source for move in self.moves for source in move.sources)
