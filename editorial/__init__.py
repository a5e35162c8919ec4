"""How any text becomes better: versions, proposed changes, their difference and merge, and who decides.

The apps above announce their kinds of text; this app knows neither articles nor labs."""
