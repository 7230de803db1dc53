"""Webhooks: programs elsewhere that are told what happens to complaints, by the ledger's order.

The convention is that of Standard Webhooks. What is told are facts: names of events, references,
times and codes. What people wrote goes out only where somebody who may read it asked for it.
"""
