"""仲介: when the two sides of a contract do not agree about money that is set aside, and ask the operator to mediate.

A case is about one hold. While it is open that money stands still and everything else of the contract goes on. It ends
by sealed offers that cross, by the operator's ruling and one appeal, or, when the operator is silent, by the published
default: what was delivered is paid, what was not goes back. Neither side pays for it.

Invariants: one open case per hold; the result is a division of what was left to the yen, made by the owner of the hold
(`escrow.purposes.on_claimed`); every stage has a date on which it ends by itself; offers are never shown to the other
side; statements, offers and rulings are never changed.
"""
