"""Who infected whom: chains, generations, clusters, offspring and serial intervals. Pure.

Cases are numbered 0 to n − 1; a link is one entry in each of two integer arrays, ``edges_from`` (the infector) and
``edges_to`` (the infectee). ``numbering`` makes such arrays of any ids.
"""
