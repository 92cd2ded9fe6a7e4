"""What makes cities.tsv of GeoNames and of the names that news uses."""
