"""starsim on a random network that is drawn anew each day: seconds of the best run without its setting up."""

import json
import sys
import time

import numpy as np
import starsim as ss

asked = json.load(sys.stdin)
seconds, attack = [], []
for seed in range(asked["runs"]):
    sim = ss.Sim(
        n_agents=asked["persons"],
        start="2025-01-01",
        dur=ss.days(asked["days"]),
        dt=ss.days(1),
        diseases=ss.SIR(
            beta=ss.perday(asked["beta"]),
            dur_inf=ss.lognorm_ex(mean=ss.days(8), std=ss.days(2)),
            init_prev=asked["initial"] / asked["persons"],
            p_death=0,
        ),
        networks=ss.RandomNet(n_contacts=asked["contacts"]),
        verbose=0,
        rand_seed=seed + 1,
    )
    sim.init()
    began = time.perf_counter()
    sim.run()
    seconds.append(time.perf_counter() - began)
    attack.append(float(np.asarray(sim.results.sir.cum_infections)[-1]) / asked["persons"])
print(json.dumps({"name": f"starsim {ss.__version__}", "seconds": min(seconds), "attack": float(np.mean(attack))}))
