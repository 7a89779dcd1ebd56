"""The native peers: one request as JSON per line in, one answer per line out. Times are of the call alone."""

import json
import sys
import time
import warnings

import fastcluster
import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import linkage
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

warnings.filterwarnings("ignore")
data = labels = None


def lloyd(ask):
    k = ask["k"]
    start = data[[i * len(data) // k for i in range(k)]]
    model = KMeans(k, init=start, n_init=1, max_iter=ask["iterations"], tol=0, algorithm="lloyd")
    return lambda: model.fit(data).inertia_


def k_means(ask):
    model = KMeans(ask["k"], n_init=ask["starts"], random_state=0)
    return lambda: model.fit(data).inertia_


def em(ask):
    """From the same labels: weights, means and precisions of the segments, as the first M step would find them."""
    parts = [data[labels == label] for label in np.unique(labels)]
    spread = [np.cov(part.T, bias=True) + 1e-6 * np.eye(data.shape[1]) for part in parts]
    model = GaussianMixture(
        len(parts),
        tol=0,
        max_iter=ask["iterations"],
        init_params="random_from_data",
        weights_init=[len(part) / len(data) for part in parts],
        means_init=[part.mean(axis=0) for part in parts],
        precisions_init=np.linalg.inv(spread),
    )
    return lambda: model.fit(data).lower_bound_ * len(data)


def hdbscan(ask):
    model = HDBSCAN(ask["size"], min_samples=ask["near"], algorithm="kd_tree", copy=True)
    return lambda: model.fit(data)._single_linkage_tree_["value"].sum()


works = {
    "lloyd": lloyd,
    "k_means": k_means,
    "em": em,
    "hdbscan": hdbscan,
    "silhouette": lambda ask: lambda: silhouette_score(data, labels),
    "linkage": lambda ask: lambda: fastcluster.linkage(data, "ward")[-1, 2],
    "linkage_vector": lambda ask: lambda: fastcluster.linkage_vector(data, "ward")[-1, 2],
    "scipy": lambda ask: lambda: linkage(data, "ward")[-1, 2],
}

for line in sys.stdin:
    ask = json.loads(line)
    if ask["work"] == "versions":
        packages = (np, scipy, sklearn, fastcluster)
        answer = {package.__name__: package.__version__ for package in packages}
        answer["python"] = sys.version.split()[0]
    elif ask["work"] == "open":
        data = np.fromfile(ask["data"]).reshape(ask["n"], ask["d"])
        answer = {}
    elif ask["work"] == "labels":
        labels = np.array(ask["labels"])
        answer = {}
    else:
        with threadpool_limits(ask.get("threads", 2)):
            compute = works[ask["work"]](ask)
            start = time.perf_counter()
            value = compute()
            answer = {"millis": (time.perf_counter() - start) * 1000, "value": float(value)}
    print(json.dumps(answer), flush=True)
