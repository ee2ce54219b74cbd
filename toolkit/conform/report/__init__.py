"""Writers of reports, one format a file; each reads the report types and nothing else."""
