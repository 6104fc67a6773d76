"""Members' pages, one folder per resource: views, forms, urls, templates."""
