"""What shells offer at the end of a line, each with the script that `antler completion` prints for it.

offers(line) gives the words; HERE among them is the one file of the folder: the shell would offer files."""

import os
import pty
import select
import subprocess
import tempfile
import time
from pathlib import Path

HERE = "here.txt"
END = "END-OF-SEARCH"

# zsh completes only where somebody types: each match that it finds goes to a file, and so does the end of a search.
ZSH_SETUP = """
PS1=
autoload -Uz compinit && compinit -u -D
source ./.zsh_antler
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a found
  builtin compadd -A found "$@"
  (( $#found )) && print -rl -- $found >> FOUND
  builtin compadd "$@"
}
finished() { print -r -- END-OF-SEARCH >> FOUND }
typed() { comppostfuncs=(finished); zle complete-word; BUFFER= }
zle -N typed
bindkey '^I' typed
LISTMAX=10000
zstyle ':completion:*' list-prompt ''
print -r -- END-OF-SEARCH >> FOUND
"""


class Shell:
    def __init__(self, antler):
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self._temporary.name)
        words = [antler, "completion", self.name]
        self.script = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        (self.folder / HERE).touch()

    def close(self):
        self._temporary.cleanup()

    def _ask(self, *words):
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=True)
        if done.stderr:
            raise AssertionError(done.stderr)
        return done.stdout


class Bash(Shell):
    name = "bash"

    def offers(self, line):
        words = line.split(" ")
        quoted = " ".join(f"'{word}'" for word in words)
        ask = (f"left_to_bash={HERE}\ncompopt() {{ left_to_bash=; }}\n{self.script}\n"
               f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _antler\n"
               'echo "${COMPREPLY[@]:-$left_to_bash}"')
        return self._ask("bash", "-c", ask).split()


class Fish(Shell):
    name = "fish"

    def offers(self, line):
        answer = self._ask("fish", "--no-config", "-c", f"{self.script}\ncomplete -C '{line}'")
        return [row.split("\t")[0] for row in answer.splitlines()]


class Zsh(Shell):
    name = "zsh"

    def __init__(self, antler):
        super().__init__(antler)
        self._found = tempfile.NamedTemporaryFile("r", suffix=".found")
        setup = self.folder / ".zsh_setup"
        (self.folder / ".zsh_antler").write_text(self.script)
        setup.write_text(ZSH_SETUP.replace("FOUND", self._found.name))
        self._terminal, other = pty.openpty()
        environment = {**os.environ, "TERM": "dumb"}
        self._zsh = subprocess.Popen(["zsh", "-f", "-i"], cwd=self.folder, env=environment, stdin=other, stdout=other, stderr=other,
                                     start_new_session=True)
        os.close(other)
        self._type(f"source {setup}\n")

    def close(self):
        self._zsh.kill()
        self._zsh.wait()
        os.close(self._terminal)
        self._found.close()
        super().close()

    def _type(self, keys):
        """What has been found since, up to the end of the search."""
        os.write(self._terminal, keys.encode())
        found, deadline = "", time.monotonic() + 30
        while not found.endswith(END + "\n"):
            if select.select([self._terminal], [], [], 0.02)[0]:
                os.read(self._terminal, 65536)  # the screen, which nobody looks at
            found += self._found.read()
            if time.monotonic() > deadline:
                raise AssertionError(f"zsh has not answered {keys!r}, but found {found!r}")
        return found.splitlines()[:-1]

    def offers(self, line):
        return self._type(line + "\t")
