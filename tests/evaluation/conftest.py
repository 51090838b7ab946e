"""Loads the heavy libraries before the first test, which would else be timed with them."""

import scipy.stats  # noqa: F401
import sklearn.metrics  # noqa: F401
