"""The search page: views over search.find, served by Datasette."""
