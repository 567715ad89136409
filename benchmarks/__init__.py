"""What Lianfang claims of its speed, each claim beside a named peer or a limit measured in the same run.

A module here is one claim or a few of one kind. Its ``run()`` returns a list of rows, each a mapping with

``claim``   what is measured, with its size and unit
``ours``    our figure as printed, for example ``"412 notices/s"``
``peer``    the peer or the limit with its figure, for example ``"bare COPY 176,000 rows/s"``; may be empty
``ratio``   ours beside the peer's as a number, or None
``target``  the figure to reach, as printed
``met``     whether it was reached
"""
