"""Wilson's interval for a share (E. B. Wilson, JASA 22, 1927): honest for small samples and shares near 0 and 1."""

from __future__ import annotations

from math import sqrt

Z = 1.96  # 95 %


def interval(k: int, n: int, z: float = Z) -> tuple[float, float]:
    """Lower and upper bound of the share that k of n estimates; (0, 1) for no observation."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    if n == 0:
        return 0.0, 1.0
    p, zz = k / n, z * z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = z / (1 + zz / n) * sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return (max(0.0, middle - half) if k else 0.0), (min(1.0, middle + half) if k < n else 1.0)
