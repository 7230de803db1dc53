"""Pasokh (پاسخ): complaints handling that carries out ISO 10002 whole."""
