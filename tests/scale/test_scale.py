#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The files of docs/examples are run as they stand: GNU parallel and, where
it can be started on this computer, Slurm. All parts together make the books
that one process makes."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

EXAMPLES = harness.ROOT / "docs/examples"
BOOKS = 24


def find(name):
    return shutil.which(name, path=os.environ.get("PATH", "")
                        + ":/usr/sbin:/usr/local/sbin")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        bin = self.dir / "bin"
        bin.mkdir()
        # The examples call the program by its name; its data is found from
        # where it really is.
        wrapper = bin / "blog2book"
        wrapper.write_text("#!/bin/sh\nexec '%s' %s \"$@\"\n" % (
            harness.PROGRAM, " ".join(f"'{x}'" for x in harness.OFFLINE)))
        wrapper.chmod(0o755)
        self.env = harness.environment(
            PATH=f"{bin}:{os.environ['PATH']}", HOME=str(self.dir))
        lines = []
        for n in range(BOOKS):
            for k in range(3):
                harness.post(self.dir / f"n{n}", f"p{k}.md", f"text {n} {k}",
                             title=f"Post {k}", date=f"2020-01-0{k + 1}")
            lines.append(json.dumps({"path": f"n{n}",
                                     "epub": f"out/n{n}.epub"}) + "\n")
        (self.dir / "list.jsonl").write_text("".join(lines))
        (self.dir / "out").mkdir()
        result = harness.run("--batch=list.jsonl", cwd=self.dir)
        self.assertEqual(result.returncode, 0, harness.describe(result))
        self.want = self.books()
        shutil.rmtree(self.dir / "out")
        (self.dir / "out").mkdir()

    def books(self):
        return {p.name: p.read_bytes() for p in self.dir.glob("out/*.epub")}

    def check(self, reports):
        self.assertEqual(len(self.want), BOOKS)
        self.assertEqual(self.books(), self.want)
        made = [b["id"] for r in reports for b in r["books"]
                if b["result"] == "built"]
        self.assertEqual(sorted(made), sorted(f"n{n}" for n in range(BOOKS)))
        # More than one part had something to do.
        self.assertGreater(sum(1 for r in reports if r["books"]), 1)


class Parallel(Case):
    def test_example(self):
        if not find("parallel"):
            self.skipTest("GNU parallel (package parallel) is not installed")
        result = subprocess.run(
            ["sh", EXAMPLES / "parallel.sh", "list.jsonl", "4"], cwd=self.dir,
            env=self.env, capture_output=True, text=True, timeout=300)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), BOOKS)
        self.check([json.loads((self.dir / f"reports/{n}.json").read_text())
                    for n in range(1, 5)])


class Slurm(Case):
    CONFIG = """ClusterName=books
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={dir}/munge/socket
CredType=cred/munge
MailProg=/bin/true
SlurmctldPort={port}
SlurmdPort={other_port}
StateSaveLocation={dir}/state
SlurmdSpoolDir={dir}/spool
SlurmctldPidFile={dir}/ctld.pid
SlurmdPidFile={dir}/slurmd.pid
SlurmctldLogFile={dir}/ctld.log
SlurmdLogFile={dir}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
NodeName={host} NodeAddr=127.0.0.1 NodeHostname={host} CPUs=2 RealMemory=1000
PartitionName=here Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""

    def start(self, *command):
        child = subprocess.Popen(command, env=self.env,
                                 stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        self.addCleanup(child.wait)
        self.addCleanup(child.terminate)
        return child

    def start_slurm(self):
        """Its daemons on the loopback interface; a reason if they don't."""
        tools = "munged", "slurmctld", "slurmd", "sbatch", "sinfo"
        path = {name: find(name) for name in tools}
        for name in tools:
            if not path[name]:
                return f"{name} (packages slurm-wlm, munge) is not installed"
        if os.geteuid() != 0:
            return "slurmd wants to be root"
        place = self.dir / "slurm"
        for name in "munge", "state", "spool":
            (place / name).mkdir(parents=True)
        key = place / "munge/key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        host = socket.gethostname().split(".")[0]
        config = place / "slurm.conf"
        config.write_text(self.CONFIG.format(
            host=host, user="root", dir=place, port=free_port(),
            other_port=free_port()))
        self.env["SLURM_CONF"] = str(config)
        self.env["PATH"] += ":/usr/sbin"
        self.start(path["munged"], "--foreground", "--force",
                   f"--key-file={key}", f"--socket={place}/munge/socket",
                   f"--pid-file={place}/munge/pid",
                   f"--log-file={place}/munge/log",
                   f"--seed-file={place}/munge/seed")
        self.wait_for(lambda: (place / "munge/socket").exists())
        self.start(path["slurmctld"], "-D")
        self.start(path["slurmd"], "-D", "-N", host)
        if not self.wait_for(lambda: "idle" in subprocess.run(
                [path["sinfo"]], env=self.env, capture_output=True,
                text=True).stdout):
            return "Slurm did not start on this computer"
        return None

    def wait_for(self, ready, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if ready():
                return True
            time.sleep(0.3)
        return False

    def test_example(self):
        why = self.start_slurm()
        if why:
            self.skipTest(why)
        result = subprocess.run(
            ["sbatch", "--wait", EXAMPLES / "slurm.sh", "list.jsonl"],
            cwd=self.dir, env=self.env, capture_output=True, text=True,
            timeout=300)
        logs = "".join(p.read_text() for p in self.dir.glob("books-*.log"))
        self.assertEqual(result.returncode, 0, result.stderr + logs)
        self.check([json.loads(p.read_text())
                    for p in self.dir.glob("report-*.json")])


class Threads(Case):
    def test_libzip_is_used_first(self):
        """Its first use is not safe beside others: an archive that two
        threads opened at once was read-only, once in thousands of runs."""
        tool = os.environ.get("EARLY_TOOL")
        if not tool:
            self.skipTest("EARLY_TOOL is not set: meson test sets it")
        result = subprocess.run(
            [tool, *harness.OFFLINE, "--batch=list.jsonl", "--jobs=4"],
            cwd=self.dir, env=self.env, capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)


class Text(unittest.TestCase):
    def test_examples_are_explained(self):
        text = "".join((harness.ROOT / f"docs/{n}.md").read_text()
                       for n in ("ci", "scale"))
        for path in sorted(EXAMPLES.iterdir()):
            self.assertIn(f"examples/{path.name}", text)

    def test_list(self):
        """The list of the docs is one that the program takes."""
        with tempfile.TemporaryDirectory() as tmp:
            shutil.copy(EXAMPLES / "books.yaml", tmp)
            for name in "harbour", "kitchen":
                harness.post(pathlib.Path(tmp) / "blogs" / name, "p.md", "x")
            result = harness.run("--batch=books.yaml", "--check", cwd=tmp)
            self.assertEqual(result.returncode, 0, harness.describe(result))
            self.assertIn("both: checked, 2 posts", result.stdout)


harness.main()
