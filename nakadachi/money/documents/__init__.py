"""PDF documents, typeset from data by typst. Data reaches the template only as JSON, never as markup."""
