"""Those who are timed: processes that stay and work when asked, each with its own libraries, so that they can take turns."""
import contextlib
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

PEERS = pathlib.Path(__file__).parent / "peers"


class Contestant:
    """A process that answers a line, a batch size, with a line of JSON: peers/asked.py, asked.h."""

    def __init__(self, *command):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True)
        self.peak_bytes = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(BrokenPipeError):  # it may have ended by itself
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        self.errors.close()

    def hear(self):
        """What the process says next."""
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace").strip().splitlines()
        raise ChildProcessError(f"{' '.join(self.process.args)} ended: {said[-1] if said else 'without a word'}")

    def seconds(self, batch_size):
        self.process.stdin.write(f"{batch_size}\n")
        self.process.stdin.flush()
        answer = self.hear()
        self.peak_bytes = answer.get("peak_bytes", 0)
        return answer["seconds"]


def peer(script, *words, python=sys.executable):
    return Contestant(python, PEERS / script, *words)


class AntlerFit:
    """`antler fit` on a model file: a process each time, whose first epoch is its warm-up."""

    def __init__(self, antler, model, data, validation=0.0, threads=None):
        self.command = [antler, "fit", model, "--x", data / "x.npy", "--y", data / "y.npy", "--epochs", 2,
                        "--validation-split", validation, "--verbose", 0, "-o", data / "trained.h5",
                        "--history", data / "history.json", *(["--threads", threads] if threads else [])]
        self.history = data / "history.json"

    def seconds(self, batch_size):
        words = [*self.command, "--batch-size", batch_size]
        subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)
        return json.loads(self.history.read_text())["seconds"][1]


def in_turns(rounds, contestants, batch_size, heats=()):
    """{name: [seconds, ...]}: each contestant once a round. Of each group of names in `heats` only the fastest of the first
    round goes on to the others: its ways of doing one thing."""
    times = {}
    racing = dict(contestants)
    for round_number in range(rounds):
        for name, contestant in racing.items():
            try:
                seconds = contestant.seconds(batch_size)
                times.setdefault(name, []).append(seconds)
            except (ChildProcessError, BrokenPipeError) as error:
                print(f"{name} is left out: {error}", file=sys.stderr, flush=True)
        racing = {name: racing[name] for name in racing if name in times}
        for group in heats if round_number == 0 else ():
            ran = sorted((name for name in group if name in times), key=lambda name: times[name][0])
            for slower in ran[1:]:
                del racing[slower]
    return times


def medians(times):
    return {name: statistics.median(seconds) for name, seconds in times.items()}
