"""Employee card and spouse card (Karpeg / Kartu ASN Virtual, Karis, Karsu)."""
