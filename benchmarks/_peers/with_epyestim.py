"""epyestim's Cori R of many series with the ends of its 95 % interval: seconds of the best run."""

import json
import sys
import time

import numpy as np
import pandas as pd
from epyestim.estimate_r import estimate_r, gamma_quantiles

asked = json.load(sys.stdin)
cases, weights = np.array(asked["cases"]), np.array(asked["weights"])
days = pd.date_range("2026-01-01", periods=cases.shape[1])
seconds = []
for _ in range(asked["runs"]):
    began = time.perf_counter()
    mean = []
    for row in cases:
        found = estimate_r(pd.Series(row, index=days), weights, 1.0, 5.0, window_size=7)
        mean.append((found.a_posterior * found.b_posterior).to_numpy())
        for chance in (0.025, 0.975):
            gamma_quantiles(chance, found.a_posterior, found.b_posterior)
    seconds.append(time.perf_counter() - began)
told = {"name": "epyestim 0.1", "seconds": min(seconds), "last": [float(one[-1]) for one in mean]}
print(json.dumps(told))
