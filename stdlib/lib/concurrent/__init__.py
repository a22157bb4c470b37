"""Running work side by side: see concurrent.futures."""
