"""Who is to act: a scorecard over those whom the clause names, those mentioned, those told before, and nobody."""
