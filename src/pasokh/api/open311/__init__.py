"""Open311 GeoReport v2: civic apps offer what may be complained of, file, and follow."""
