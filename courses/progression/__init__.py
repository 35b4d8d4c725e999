"""Levels and what they require: records gathered, a pure engine that explains, awards."""
