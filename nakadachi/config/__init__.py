"""Settings, routes, wiring and the launcher. Knows every package; no package imports it."""
