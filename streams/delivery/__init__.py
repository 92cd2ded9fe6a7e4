"""Alerts → people."""
