"""Work by the month as the operator reads it: plans, notice, and the money of each month."""
