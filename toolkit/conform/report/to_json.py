"""A Report as JSON, always in full; schema/report.schema.json describes it."""

from __future__ import annotations

from conform.domain.report import ProtocolReport, Report
from conform.report.options import WriteOptions
from conform.report.values_to_json import (
    Json,
    finding_data,
    milliseconds,
    to_text,
    trace_data,
)

FORMAT_VERSION = 1
"""Grows when a field goes away or changes its meaning, not when one is added."""


def write(report: Report, options: WriteOptions) -> str:
    """Return the report as one JSON object; the options are for people and change nothing."""
    return to_text(
        {
            "format_version": FORMAT_VERSION,
            "command": report.command,
            "verdict": report.verdict.value,
            "duration_ms": milliseconds(report.seconds),
            "protocols": [_protocol(protocol) for protocol in report.protocols],
        }
    )


def _protocol(protocol: ProtocolReport) -> Json:
    return {
        "name": protocol.name,
        "verdict": protocol.verdict.value,
        "from_cache": protocol.from_cache,
        "stages": [
            {
                "name": stage.name,
                "verdict": stage.verdict.value,
                "summary": stage.summary,
                "duration_ms": milliseconds(stage.seconds),
            }
            for stage in protocol.stages
        ],
        "findings": [finding_data(finding) for finding in protocol.findings],
        "properties": _properties(protocol),
        "scorecard": [
            {"kind": row.kind, "name": row.name, "cells": dict(row.cells)}
            for row in protocol.scorecard
        ],
    }


def _properties(protocol: ProtocolReport) -> Json:
    return [
        {
            "name": row.name,
            "kind": row.kind,
            "artefact": row.artefact,
            "verdict": row.verdict.value,
            "expected": row.expected,
            "reason": row.reason,
            "trace": trace_data(row.trace),
        }
        for row in protocol.properties
    ]
