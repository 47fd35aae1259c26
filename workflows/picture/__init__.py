"""Pictures of SOPs as SVG, without a browser: for phones, for who has no JavaScript, for paper.

No script, nothing from elsewhere, every text escaped, the same text for the same input.
"""

from workflows.picture.crop import Crop
from workflows.picture.draw import draw_picture
from workflows.picture.scene import Marks

__all__ = ["Crop", "Marks", "draw_picture"]
