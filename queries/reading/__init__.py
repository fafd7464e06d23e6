"""How the façade reads the warehouse: which source speaks for a cell, and what may be asked."""
