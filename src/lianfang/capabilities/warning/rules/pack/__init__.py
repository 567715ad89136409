"""The assessment pack of an area on paper: what stands in it, its drawings, and the PDF. Pure."""
