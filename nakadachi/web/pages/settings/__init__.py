"""「設定」: what members decide about themselves. Each page is one form and one action."""
