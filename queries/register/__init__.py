"""The register: from microdata to indicators, in the restricted zone, never in the web process."""
