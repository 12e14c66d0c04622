//! Provider price tables: rows, look-up and the readers of their formats.
