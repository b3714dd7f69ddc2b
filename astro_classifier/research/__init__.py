"What measures the tables of the results: for a checkout, not part of the installed package."
