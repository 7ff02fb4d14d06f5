"""The event log of a procedure's cases, in the exchange formats of process mining: XES (IEEE 1849-2016) and OCEL 2.0."""
