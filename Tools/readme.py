"""Runs the commands of README.md as they stand there, in this tree.

Every fenced ```sh block is run, in order, line by line, in one shell: a `cd` or `export` holds for what follows. A line
that ends in `\\` goes on in the next; a here-document belongs to its line. A command must exit 0, or with N where its line
ends in `# exits N`; a line that ends in `# not run` is left out, and said.
"""

import re
import shlex
import subprocess
import sys
import time


def blocks(markdown: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[str]:
    """The commands of one block: continued lines and here-documents joined."""
    found: list[str] = []
    lines = iter(block.splitlines())
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        command = line.removeprefix("$ ")
        while command.endswith("\\"):
            command += "\n" + next(lines)
        here = re.search(r"<<-?\s*['\"]?(\w+)['\"]?", command)
        if here:
            for line in lines:
                command += "\n" + line
                if line.strip() == here.group(1):
                    break
        found.append(command)
    return found


def main() -> int:
    todo: list[tuple[str, int]] = []
    with open("README.md", encoding="utf-8") as file:
        for block in blocks(file.read()):
            for command in commands(block):
                if re.search(r"#\s*not run\s*$", command):
                    print(f"README: left out: {command}")
                    continue
                wanted = re.search(r"#\s*exits (\d+)\s*$", command)
                todo.append((command, int(wanted.group(1)) if wanted else 0))
    if not todo:
        print("README: no ```sh block: nothing was run", file=sys.stderr)
        return 1
    script = ["run() { printf '\\n$ %s\\n' \"$1\"; eval \"$1\"; code=$?; [ $code -eq $2 ] && return",
              "  printf 'README: exit code %s where %s was expected: %s\\n' $code $2 \"$1\" >&2; exit 1; }"]
    script += [f"run {shlex.quote(command)} {code}" for command, code in todo]
    start = time.monotonic()
    done = subprocess.run(["bash", "-c", "\n".join(script)], stdin=subprocess.DEVNULL)
    if done.returncode == 0:
        print(f"\nREADME: {len(todo)} commands ran as written, {time.monotonic() - start:.0f} s")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
