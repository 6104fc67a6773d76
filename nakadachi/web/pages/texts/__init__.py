"""Terms of use, privacy policy and the other texts: what applies now, what applied before, and agreeing to it."""
