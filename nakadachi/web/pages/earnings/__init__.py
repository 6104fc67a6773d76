"""「報酬管理」: where a member's money stands, and for every figure the entries, rules and dates behind it."""
