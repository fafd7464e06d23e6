"""A table of one's own: read it, find its sums, ask what it gives away, propose a safe one."""
