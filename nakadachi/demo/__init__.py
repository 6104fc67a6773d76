"""The demo market: members, jobs and work in every state, made through the real actions at past times."""
