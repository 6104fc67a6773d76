"""「お知らせ」: what happened, newest first, with the page it leads to."""
