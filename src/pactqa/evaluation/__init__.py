"""Evaluation: labelled questions come in; figures with their intervals go out."""
