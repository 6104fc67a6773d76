"""Work by the hour as the operator reads it: engagements, weeks, recorded times and what stood there before."""
