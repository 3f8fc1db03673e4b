"""The QR picture of a check-in address."""

from __future__ import annotations

import segno


def qr_svg(address: str) -> str:
    """Return the address as inline SVG without size, style or script; black on white needs a white ground."""
    return str(
        segno.make(address, error="m", micro=False).svg_inline(
            omitsize=True, border=2, dark="#000", svgclass="qr", lineclass=None
        )
    )
