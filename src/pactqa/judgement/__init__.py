"""Judgement: a query and its candidates come in; how far an answer can be relied on goes out."""
