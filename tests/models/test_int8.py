"""Rows of one byte per number come back nearly as they were."""

import numpy as np

from pactqa.models.int8 import dequantize_rows, pack_rows, quantize_rows, unpack_rows


def test_quantised_rows_come_back_within_half_a_step() -> None:
    generator = np.random.default_rng(1)
    matrix = generator.normal(size=(6, 40)).astype(np.float32)
    matrix *= np.array([1, 1e-4, 50, 0, 3, 0.2], dtype=np.float32)[:, None]
    rows, scales = quantize_rows(matrix)
    assert rows.dtype == np.int8
    assert scales.shape == (6,)
    assert np.abs(rows[[0, 1, 2, 4, 5]]).max(axis=1).tolist() == [127] * 5
    difference = np.abs(dequantize_rows(rows, scales) - matrix)
    assert (difference <= scales[:, None] * 0.501).all()
    assert not dequantize_rows(rows, scales)[3].any()


def test_quantising_twice_changes_nothing_more() -> None:
    matrix = np.random.default_rng(2).normal(size=(5, 9)).astype(np.float32)
    once = dequantize_rows(*quantize_rows(matrix))
    np.testing.assert_allclose(dequantize_rows(*quantize_rows(once)), once, rtol=1e-5)


def test_a_row_of_the_smallest_numbers_comes_back_as_zeros() -> None:
    rows, scales = quantize_rows(np.full((1, 3), 1e-45, dtype=np.float32))
    assert np.isfinite(dequantize_rows(rows, scales)).all()


def test_token_vectors_come_back_nearly_as_they_were() -> None:
    tokens = np.random.default_rng(1).normal(size=(200, 384)).astype(np.float32)
    tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
    packed = pack_rows(tokens)
    assert len(packed) == 200 * (384 + 4)
    back = unpack_rows(packed, 384)
    assert back.dtype == np.float32
    # Rounding moves each number by at most half a step, 1/127 of the row's largest.
    bound = np.abs(tokens).max(axis=1, keepdims=True) / 127 * 0.501
    assert (np.abs(back - tokens) <= bound).all()
    lengths = np.linalg.norm(back, axis=1)
    assert (np.sum(back * tokens, axis=1) / lengths > 0.9995).all()


def test_one_hot_rows_come_back_exactly() -> None:
    assert (unpack_rows(pack_rows(-np.eye(5, dtype=np.float32)), 5) == -np.eye(5)).all()


def test_no_tokens_and_a_row_of_zeros_are_packed() -> None:
    assert unpack_rows(pack_rows(np.zeros((0, 7), np.float32)), 7).shape == (0, 7)
    assert (unpack_rows(pack_rows(np.zeros((2, 7), np.float32)), 7) == 0).all()
