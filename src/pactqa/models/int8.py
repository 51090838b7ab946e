"""Rows of numbers as one signed byte each, with one float32 scale per row: a quarter of the room.

The store keeps token vectors so, and the reader's file its matrices. No number is off by more than
half a step, which is 1/127 of the largest of its row.
"""

import numpy as np
import numpy.typing as npt

__all__ = ["dequantize_rows", "pack_rows", "quantize_rows", "unpack_rows"]

_Floats = npt.NDArray[np.float32]


def quantize_rows(matrix: _Floats) -> tuple[npt.NDArray[np.int8], _Floats]:
    """Gives int8 rows and float32 scales (rows,), with rows * scales near the matrix.

    Each row of the (rows, columns) matrix is divided by a scale of its own, its largest absolute
    value / 127. A row of zeros has the scale 1.
    """
    scales = np.abs(matrix).max(axis=1, initial=0.0).astype(np.float32) / np.float32(127)
    # Asked of the scale, because that of a row of very small numbers is rounded to 0 as well.
    scales = np.where(scales > 0, scales, np.float32(1))
    return np.rint(matrix / scales[:, None]).clip(-127, 127).astype(np.int8), scales


def dequantize_rows(rows: npt.NDArray[np.int8], scales: _Floats) -> _Floats:
    """Gives the float32 matrix (rows, columns) that was quantised, up to rounding."""
    return rows.astype(np.float32) * scales.astype(np.float32)[:, None]


def pack_rows(matrix: _Floats) -> bytes:
    """Packs a matrix (rows, columns): all scales, then all rows, `columns + 4` bytes a row."""
    rows, scales = quantize_rows(matrix)
    return scales.tobytes() + rows.tobytes()


def unpack_rows(packed: bytes, columns: int) -> _Floats:
    """Unpacks what `pack_rows` packed, up to rounding."""
    count = len(packed) // (columns + 4)
    scales = np.frombuffer(packed, dtype=np.float32, count=count)
    rows = np.frombuffer(packed, dtype=np.int8, offset=4 * count).reshape(count, columns)
    return dequantize_rows(rows, scales)
