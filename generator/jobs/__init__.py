"""What is done with each specification of a run, in one process or several."""
