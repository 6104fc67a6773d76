"""A real S3 server in a process of its own: SeaweedFS with one private bucket, which refuses what is not signed."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROOT = Path(__file__).resolve().parents[1]
WEED = Path(sys.executable).with_name("weed")
START_SECONDS_MAX = 60
NAME, KEY, SECRET = "market-files", "market", "a secret of sixteen"


@dataclass(frozen=True)
class Bucket:
    """Where it is, and a client that may do everything."""

    endpoint: str
    client: Any

    @property
    def environment(self) -> dict[str, str]:
        """The settings of an operator who keeps files there."""
        return {
            "FILES_S3_BUCKET": NAME,
            "FILES_S3_ENDPOINT": self.endpoint,
            "FILES_S3_REGION": "us-east-1",
            "FILES_S3_KEY": KEY,
            "FILES_S3_SECRET": SECRET,
            "FILES_S3_ADDRESSING": "path",
        }

    def storages(self) -> dict[str, Any]:
        """`STORAGES` as the settings make it from that environment."""
        script = "import json; from django.conf import settings; print(json.dumps(settings.STORAGES))"
        environment = os.environ | self.environment | {"DJANGO_SETTINGS_MODULE": "nakadachi.config.settings"}
        told = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, check=True
        )
        found: dict[str, Any] = json.loads(told.stdout)
        return found

    def names(self) -> set[str]:
        """What lies in it."""
        found = self.client.list_objects_v2(Bucket=NAME).get("Contents", [])
        return {one["Key"] for one in found}

    def empty(self) -> None:
        """Away with all of it."""
        for name in self.names():
            self.client.delete_object(Bucket=NAME, Key=name)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Bucket]:
    """The server, from its start to its end."""
    folder.mkdir(parents=True)
    keys = folder / "keys.json"
    person = {"name": "market", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    keys.write_text(json.dumps({"identities": [person]}))
    names = [f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")]
    ports = dict(zip(names, _free_ports(len(names)), strict=True))
    s3 = ports["s3.port"]
    options = ports | {"s3.port.iceberg": 0, "s3.port.lance": 0, "s3.config": keys}
    sizes = {"volume.max": 20, "master.volumeSizeLimitMB": 64, "master.volumePreallocate": "false"}
    told = [f"-{name}={value}" for name, value in (options | sizes).items()]
    where = [f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", "-s3.iam=false"]
    with (folder / "log").open("wb") as log:
        command = [str(WEED), "-logtostderr=true", "server", *where, *told]
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)})
        try:
            yield _ready(Bucket(f"http://127.0.0.1:{s3}", _client(s3)), server, folder / "log")
        finally:
            server.kill()  # it takes half a minute to say goodbye
            server.wait(timeout=30)


def _free_ports(count: int) -> list[int]:
    """Held together while they are asked for, so that none comes twice."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _client(port: int) -> Any:
    patient = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, connect_timeout=2)
    return boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
        config=patient,
    )


def _ready(bucket: Bucket, server: "subprocess.Popen[bytes]", log: Path) -> Bucket:
    """Once a first object could be written."""
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until and server.poll() is None:
        try:
            if NAME not in {one["Name"] for one in bucket.client.list_buckets()["Buckets"]}:
                bucket.client.create_bucket(Bucket=NAME)
            bucket.client.put_object(Bucket=NAME, Key="first", Body=b"x")
        except (BotoCoreError, ClientError):
            time.sleep(0.2)
        else:
            bucket.empty()
            return bucket
    raise AssertionError(log.read_text()[-4_000:])
