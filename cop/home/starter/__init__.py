"""The starter community: reads content/, checks all of it, then writes what people have not changed themselves."""
