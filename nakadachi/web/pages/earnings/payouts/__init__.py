"""A member's payouts: what was transferred, what is on its way, and asking for the next one."""
