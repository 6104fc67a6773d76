"""How people meet: proposals (提案) and their templates.

Invariants: one living proposal per job and worker; a chosen proposal is answered by a contract.
"""
