"""An article's text: what in it is body, in which language, its words, and as Stanza is given it."""
