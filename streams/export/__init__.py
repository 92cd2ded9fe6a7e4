"""Events → the tables of others: GDELT 2, CSV, Parquet. Pure, but for the streams it is given to write to."""
