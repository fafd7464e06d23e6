"""From files to chunks of whole persons, whatever their format and order."""
