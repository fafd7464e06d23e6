"""Jobindsats API v3: what is new of the tables in the catalogue.

Only a stand-in of the documented endpoints was ever asked, never the live service.
"""

from queries.sources.jobindsats.section import JobindsatsSection

__all__ = ["JobindsatsSection"]
