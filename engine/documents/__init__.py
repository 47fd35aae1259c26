"""Files of cases: their content by hash, outside every web root; what they really are; previews of
them; and pages that are printed."""
