"""Plain Python of the cash forecast: what is counted, when it comes, how sure that is."""
