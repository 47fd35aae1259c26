"""Files of cases: kept by content hash in the data folder, outside every web root."""
