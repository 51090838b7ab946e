"""The index: essays, passages and vectors come in and are kept; those nearest to a query go out."""
