"""PDF documents, typeset from data by typst.

Invariants: data reaches a template only as JSON through its inputs, never as markup; the fonts come with the program,
so that a document looks the same everywhere; the same data always give the same bytes; nothing is fetched.
"""
