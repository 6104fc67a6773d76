"""Mail: the one way out. Letters are written in the transaction that gives rise to them, and sent by a job after it.

Each has a key, so writing twice is once, and its Message-ID is made of it: should the process die between sending and
writing that down, the second copy is the same mail. What cannot be sent is tried again, and in the end left to staff.
"""
