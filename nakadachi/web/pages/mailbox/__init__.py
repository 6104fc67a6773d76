"""「メールボックス」 of a demo market: mails that would have been sent, readable by everybody. Never in production."""
