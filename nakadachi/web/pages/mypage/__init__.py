"""マイページ: what waits for the member first, then running work, the latest income and the next payout."""
