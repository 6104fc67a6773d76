"""「お知らせ」: which event is told to whom, in which words, on the site and by mail.

Events of the lower packages come in by a job (`spread`), which writes one notice per event and member and never two.
What is told stands in `catalogue/` as data. Nothing below imports this package.
"""
