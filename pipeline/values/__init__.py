"""Spans of text to values: numbers, amounts, dates, deadlines."""
