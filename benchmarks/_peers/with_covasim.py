"""covasim on its random network: seconds of the best run without its setting up."""

import json
import sys
import time

import covasim as cv

asked = json.load(sys.stdin)
seconds = []
for seed in range(asked["runs"]):
    sim = cv.Sim(
        pop_size=asked["persons"],
        n_days=asked["days"],
        pop_type="random",
        pop_infected=asked["initial"],
        verbose=0,
        rand_seed=seed + 1,
    )
    sim.initialize()
    began = time.perf_counter()
    sim.run()
    seconds.append(time.perf_counter() - began)
print(json.dumps({"name": f"covasim {cv.__version__}", "seconds": min(seconds)}))
