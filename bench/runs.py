"""Runs of the command that are kept: what was measured once, of this very command on these very data, is not measured again."""
import hashlib
import json
import shutil
import subprocess
import time


def digest(*files):
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


class Runs:
    """A file for each run, and the model that it left, in a folder of its own for each build of the command and other data, so
    that no table mixes them."""

    def __init__(self, antler, data, folder):
        self.antler = antler.resolve()
        self.folder = folder / digest(self.antler, *data)
        self.folder.mkdir(parents=True, exist_ok=True)

    def model(self, name):
        """Where run `name` puts its model, or the folder of its ensemble."""
        return self.folder / name

    def run(self, name, *words):
        """{"seconds": from the start of the process to its end, "output": what it said} of `antler WORDS`."""
        command = [str(word) for word in words]
        file = self.folder / f"{name}.json"
        if file.exists() and (kept := json.loads(file.read_text()))["command"] == command:
            return kept
        self.forget(name)
        print(f"antler {' '.join(command)}", flush=True)
        start = time.perf_counter()
        output = subprocess.run([self.antler, *command], check=True, stdout=subprocess.PIPE, text=True).stdout
        kept = {"command": command, "seconds": time.perf_counter() - start, "output": output}
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(kept, indent=1))
        partial.replace(file)
        return kept

    def forget(self, name):
        """What a run that was cut has left."""
        model = self.model(name)
        if model.is_dir():
            shutil.rmtree(model)
        else:
            model.unlink(missing_ok=True)
