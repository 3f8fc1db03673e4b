"""The operator's tile server is named by one variable, checked when the site starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from environs import EnvError

from ydin.config.env import folder_of, read_environment


@pytest.mark.parametrize(
    "address", ["http://kartta.example/{z}/{x}/{y}.png", "https://kartta.example/", "kartta"]
)
def test_an_address_that_cannot_work_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("YDIN_MAP_TILES", address)
    with pytest.raises(EnvError, match="YDIN_MAP_TILES"):
        read_environment()


def test_with_one_leaflets_file_is_served_and_without_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_environment().map_tiles == ""
    monkeypatch.setenv("YDIN_MAP_TILES", "https://kartta.example/{z}/{x}/{y}.png")
    assert read_environment().map_tiles.startswith("https://kartta.example/")
    files = folder_of("leaflet") / "static" / "leaflet"
    assert isinstance(files, Path) and (files / "leaflet.js").is_file() and (files / "leaflet.css").is_file()
