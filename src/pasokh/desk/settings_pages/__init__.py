"""Set-up: the pages on which an organisation is made ready, one file for each step."""
