"""Messages (メッセージ): one thread between the client of a posting and one worker, from question to contract.

Owns Thread, Seat and Message. Only the two sides read a thread; the operator's people do so with a reason that stays
on record. What was written is never changed: it can be taken back for a few minutes, which leaves a trace. What
happened to proposal and contract is not written a second time: pages read it from the events beside the messages.
"""
