"""SVG, GraphViz and Statistics, modules of the community: pictures and figures for people."""

from __future__ import annotations

from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.operands import table
from conform.languages.tlaplus.evaluation.standard.refusals import DRAWS, WRITES, refused

SVG: dict[str, Builtin] = table(
    refused("SVGElem", 4, DRAWS),
    refused("Line", 5, DRAWS),
    refused("Circle", 4, DRAWS),
    refused("Rect", 5, DRAWS),
    refused("Text", 4, DRAWS),
    refused("Image", 6, DRAWS),
    refused("Group", 2, DRAWS),
    refused("SVGDoc", 6, DRAWS),
    refused("SVGElemToString", 1, DRAWS),
    refused("SVGSerialize", 3, WRITES),
    refused("NodesOfDirectedMultiGraph", 3, DRAWS),
    refused("NodeOfRingNetwork", 5, DRAWS),
    refused("PointOnLine", 3, DRAWS),
)

GRAPH_VIZ: dict[str, Builtin] = table(
    refused("DotDiGraph", 3, DRAWS, ((1, 1), (2, 1))),
    refused("DotUndirectedGraph", 3, DRAWS, ((1, 1), (2, 1))),
)

STATISTICS: dict[str, Builtin] = table(
    refused("ChiSquare", 3, "computes with real numbers, which have no value"),
)
