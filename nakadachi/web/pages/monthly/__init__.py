"""Pages of work by the month: the offer, notice, and the card on the contract's page."""
