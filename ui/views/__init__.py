"""The views of the page, one a tab; each module has one `make_view`."""
