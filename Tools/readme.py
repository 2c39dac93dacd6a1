"""Runs the commands of README.md as they stand there, in a fresh copy of the tree.

Every fenced ```sh block is run, in order, line by line, in one shell: a `cd` or `export` holds for what follows. A line
that ends in `\\` goes on in the next; a here-document belongs to its line. A command must exit 0, or with N where its line
ends in `# exits N`; a line that ends in `# not run` is left out, and said. `git clone URL` clones the fresh copy.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
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


def fresh_copy(folder: str) -> str:
    """The files that git knows or would take, committed in a repository of their own."""
    copy = os.path.join(folder, "kalimat")
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], check=True, capture_output=True).stdout
    os.mkdir(copy)
    subprocess.run(
        ["tar", "--null", "--no-recursion", "--ignore-failed-read", "-cf", folder + "/tree.tar", "-T", "-"], input=names,
        check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["tar", "-xf", folder + "/tree.tar", "-C", copy], check=True)
    git = ["git", "-C", copy, "-c", "user.name=README", "-c", "user.email=readme@localhost"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "A fresh copy"], check=True)
    return copy


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
    with tempfile.TemporaryDirectory(prefix="kalimat-readme-") as folder:
        copy = fresh_copy(folder)
        environment = {**os.environ, "GIT_CONFIG_COUNT": "0"}
        clones = [url for command, _ in todo for url in re.findall(r"^git clone (?:-\S+ )*(\S+)", command)]
        if clones:  # the first command makes the tree itself
            environment |= {
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{copy}.insteadOf", "GIT_CONFIG_VALUE_0": clones[0]}
            os.mkdir(os.path.join(folder, "clone"))
        script = ["run() { printf '\\n$ %s\\n' \"$1\"; eval \"$1\"; code=$?; [ $code -eq $2 ] && return",
                  "  printf 'README: exit code %s where %s was expected: %s\\n' $code $2 \"$1\" >&2; exit 1; }"]
        script += [f"run {shlex.quote(command)} {code}" for command, code in todo]
        start = time.monotonic()
        done = subprocess.run(
            ["bash", "-c", "\n".join(script)], cwd=os.path.join(folder, "clone") if clones else copy, env=environment,
            stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            print(f"\nREADME: {len(todo)} commands ran as written, {time.monotonic() - start:.0f} s")
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
