"""`bin/nakadachi doctor`: looks at an installation and says in plain words what is wrong with it and what to do.

Each look is a function that yields findings: a fault stops people or endangers money, a warning does not yet. It only
reads, and can run beside the living market.
"""
