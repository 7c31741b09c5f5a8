"""The people of an article: names, titles and roles in its text, linked, put to persons, and which of them are officials."""
