"""The floor that keeps: tables, transactions, queries and migrations."""
