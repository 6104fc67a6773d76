"""The PostgreSQL that comes with the program: made, started and stopped by us, reachable by unix socket only.

No Django here: the launcher, the tests and the benchmarks use it before anything else runs.
"""

from nakadachi.infra.cluster.server import Cluster, ClusterError

__all__ = ["Cluster", "ClusterError"]
