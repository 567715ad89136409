"""LASER's SEIR of agents in patches: seconds of the best run without its setting up and without compiling."""

import json
import sys
import time
from importlib.metadata import version

import geopandas as gpd
import laser.core.distributions as dists
import numpy as np
from laser.core import PropertySet
from laser.generic import SEIR, Model
from shapely.geometry import Point

asked = json.load(sys.stdin)
patches, each = asked["patches"], asked["persons"] // asked["patches"]
people, begun = np.full(patches, each), np.full(patches, asked["initial"] // patches)
places = [Point(110 + 0.1 * (i % 20), 30 + 0.1 * (i // 20)) for i in range(patches)]
census = {"nodeid": np.arange(patches), "population": people, "S": people - begun, "I": begun}
scenario = gpd.GeoDataFrame({**census, "E": 0 * begun, "R": 0 * begun}, geometry=places, crs="EPSG:4326")
seconds, attack = [], []
for seed in range(asked["runs"] + 1):
    model = Model(scenario.copy(), PropertySet({"nticks": asked["days"], "beta": asked["beta"], "prng_seed": seed + 1}))
    latent, infectious = dists.normal(loc=4.0, scale=1.0), dists.normal(loc=8.0, scale=2.0)
    model.components = [
        SEIR.Susceptible(model),
        SEIR.Exposed(model, latent, infectious),
        SEIR.Infectious(model, infectious),
        SEIR.Recovered(model),
        SEIR.Transmission(model, latent),
    ]
    began = time.perf_counter()
    model.run()
    seconds.append(time.perf_counter() - began)
    attack.append(1 - float(model.nodes.S[-1].sum()) / asked["persons"])
told = {"name": f"LASER {version('laser-generic')}", "seconds": min(seconds[1:]), "attack": float(np.mean(attack))}
print(json.dumps({**told, "weights": np.asarray(model.network, float).tolist()}))
