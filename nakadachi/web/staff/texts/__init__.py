"""The texts of the market as the operator writes them: drafts, a look at them, publishing on a day."""
