import inspect
import re

import pactqa
from pactqa import errors


def test_every_error_is_a_pactqa_error_and_has_no_other_base():
    below = {
        errors.DamagedIndexError: errors.StoreError,
        errors.MissingIndexError: errors.StoreError,
        errors.UnreachableIndexError: errors.StoreError,
        errors.EssayExistsError: errors.CorpusError,
    }
    for name in errors.__all__:
        kind = getattr(errors, name)
        assert issubclass(kind, errors.PactqaError)
        if kind is not errors.PactqaError:
            assert kind.__bases__ == (below.get(kind, errors.PactqaError),), name


def test_the_tree_in_the_docstring_names_every_error_and_no_other():
    drawn = set(re.findall(r"\b\w+Error\b", errors.__doc__))
    defined = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert drawn == defined == set(errors.__all__)


def test_the_base_is_offered_at_the_top():
    assert pactqa.PactqaError is errors.PactqaError
