"""Every write and every rule."""
