"""Automatic layout of BPMN with pools and lanes: from a file without a diagram to where everything
stands, and into the file.

Columns follow the flow from left to right, each lane is a band of rows, lines run in channels
between the columns and in gutters between the rows.
"""

from workflows.layout.plan import Box, Edge, Plan, Point, Shape
from workflows.layout.pools import MAX_SHAPES, lay_out
from workflows.layout.write import write_diagram

__all__ = ["MAX_SHAPES", "Box", "Edge", "Plan", "Point", "Shape", "lay_out", "write_diagram"]
