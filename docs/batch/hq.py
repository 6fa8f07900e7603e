#!/usr/bin/env python3
"""A planned sweep on HyperQueue (0.27, `pip install hyperqueue`): a task a share, then the summary.

    outgrowth plan exercise-2024 --seeds 1..200 --shares 20 --out FOLDER
    docs/batch/hq.py FOLDER [--cpus 4]           # a server and its workers are running
    docs/batch/hq.py FOLDER --local 8            # or a server and a worker of eight cores, here and for as long as it takes
"""

import argparse
import pathlib
import tomllib

from hyperqueue import Client, Job
from hyperqueue.cluster import LocalCluster, WorkerConfig
from hyperqueue.ffi.protocol import ResourceRequest

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", type=pathlib.Path, help="the folder of a planned sweep")
parser.add_argument("--cpus", type=int, default=1, help="cores of a task")
parser.add_argument("--local", type=int, metavar="CORES", help="start a server and a worker here")
options = parser.parse_args()

folder = options.folder.resolve()
shares = tomllib.loads((folder / "plan.toml").read_text())["shares"]
logs = folder / "hq"
logs.mkdir(exist_ok=True)

# A task whose worker is lost is started again, and does what is missing; one that fails keeps no other from its work.
job = Job(name=folder.name, max_fails=None)
tasks = [
    job.program(
        ["outgrowth", "work", str(folder), "--share", f"{number}/{shares}", "--threads", str(options.cpus)],
        stdout=str(logs / f"share-{number}.out"),
        stderr=str(logs / f"share-{number}.log"),
        resources=ResourceRequest(cpus=options.cpus),
        crash_limit=10,
    )
    for number in range(1, shares + 1)
]
job.program(["outgrowth", "gather", str(folder)], deps=tasks, stdout=str(logs / "gather.out"), stderr=str(logs / "gather.log"))


def submit(client):
    client.wait_for_jobs([client.submit(job)])


if options.local:
    with LocalCluster(worker_config=WorkerConfig(cores=options.local)) as cluster:
        submit(cluster.client())
else:
    submit(Client())
