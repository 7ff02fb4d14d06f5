"""Procedure aspirasi-media-sosial: handling of citizen aspirations through the city's official social media accounts."""
