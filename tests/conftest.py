"""What every test may use: the shared real material, where it lies beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material; the test skips, and says so, where it is absent."""
    folder = Path(__file__).parents[2] / "shared"
    if not (folder / "real").is_dir():
        pytest.skip("../shared/real is absent: real pages cannot be read here")
    return folder
