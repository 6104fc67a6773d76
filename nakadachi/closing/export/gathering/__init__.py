"""One module for each area: which rows are the member's own, and what is told of them."""
