"""Scorecards for people and machines, made of the one document that an assessment is."""
