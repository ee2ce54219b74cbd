"""conform.yaml: which protocols a project has, and where their artefacts are."""

from conform.config.loading import PROJECT_FILE, load_project, parse_project
from conform.config.project import (
    FileEntry,
    FizzbeeEntry,
    ImplementationEntry,
    Project,
    ProtocolEntry,
    TlaplusEntry,
)

__all__ = [
    "PROJECT_FILE",
    "FileEntry",
    "FizzbeeEntry",
    "ImplementationEntry",
    "Project",
    "ProtocolEntry",
    "TlaplusEntry",
    "load_project",
    "parse_project",
]
