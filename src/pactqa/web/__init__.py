"""The web page: a visitor's questions come in; the page, routes and files go out."""
