"""kalimat review, driven in tmux as a person would: keys in, the screen and the file of decisions out."""

import json
import os
import pathlib
import shlex
import shutil
import subprocess
import time

import pytest

from conftest import ROOT, kalimat, rows

PROGRAM = os.environ.get("KALIMAT", str(ROOT / ".build/release/kalimat"))

TEXT = """Harga beras naik lagi
Kata menteri: "Kami siap." Pasar tetap ramai, No. 5 di kota itu, sejak pagi.

Baca juga: Harga cabai turun di pasar
Pedagang di Jl. Merdeka menunggu pembeli… lalu pulang. Prof. Dr. Sutomo datang pukul 9.30 dan ia duduk.
東京の市場でも米の値段が上がった。「もう買えない」と客は言った。
5 hours ago
Bagikan
"""


class Screen:
    """A tmux server of its own, with one window."""

    def __init__(self, folder: pathlib.Path, command: str, columns: int = 90, rows: int = 24, env: str = ""):
        # A server that was told to end may still hold its socket: each has one of its own.
        self.socket = str(folder / f"tmux-{time.monotonic_ns()}")
        # Without a person's own configuration, and in UTF-8 whatever the locale is.
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
                  f"cd {shlex.quote(str(folder))}; {env} {command}; echo \"exit $?\"; sleep 60")

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", self.socket, *arguments], capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def text(self, *options: str) -> str:
        return self.tmux("capture-pane", "-p", *options)

    def keys(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def wait(self, wanted, what: str) -> str:
        """The screen once `wanted` holds of it."""
        for _ in range(100):
            text = self.text()
            if wanted(text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"{what} never came:\n{text}")

    def shows(self, part: str) -> str:
        return self.wait(lambda text: part in text, part)

    def close(self) -> None:
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)


@pytest.fixture
def folder(tmp_path):
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    kalimat("build", "in", "--output", "base", "--lang", "id", "--quiet", cwd=tmp_path)
    return tmp_path


@pytest.fixture
def review(folder):
    screens = []

    def start(options: str = "", **more) -> Screen:
        screens.append(Screen(folder, f"{PROGRAM} review base --decisions decisions.tsv {options}", **more))
        return screens[-1]

    yield start
    for screen in screens:
        screen.close()


def decisions(folder: pathlib.Path) -> list[list[str]]:
    file = folder / "decisions.tsv"
    if not file.exists():
        return []
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def settled(folder: pathlib.Path, count: int) -> list[list[str]]:
    for _ in range(100):
        if len(decisions(folder)) == count:
            break
        time.sleep(0.1)
    assert len(decisions(folder)) == count
    return decisions(folder)


def test_decisions_are_written_and_obeyed(folder, review):
    screen = review("--only rejects")
    first = screen.shows("rejected  margin")
    total = int(first.split("1/")[1].split()[0])
    assert total >= 3
    screen.keys("k")
    screen.shows(f"2/{total}  decided 1")
    kept = settled(folder, 1)[0]
    assert kept[0] == "keep"
    screen.keys("r")
    screen.shows(f"3/{total}  decided 2")
    assert settled(folder, 2)[1][0] == "right"
    screen.keys("u")
    screen.shows("Undone.")
    assert settled(folder, 1)[0] == kept
    screen.keys("Space")
    screen.shows(f"3/{total}  decided 2")
    screen.keys("Left")
    screen.shows("decided: right as it is")
    screen.keys("j")
    screen.shows("That key decides nothing here")
    screen.keys("q")
    screen.shows("exit 0")
    assert len(settled(folder, 2)) == 2

    # The next review begins where this one ended.
    again = review("--only rejects")
    again.shows(f"1/{total - 2}  decided 0 (2 before)")
    again.keys("q")
    again.shows("exit 0")

    kalimat("build", "in", "--output", "out", "--lang", "id", "--decisions", "decisions.tsv", "--quiet", cwd=folder)
    assert kept[1] in [row["id"] for row in rows(folder / "out", "data")]
    assert kept[1] in [row["id"] for row in rows(folder / "base", "rejected")]
    manifest = json.loads((folder / "out/manifest.json").read_text())
    digest = subprocess.run(["sha256sum", folder / "decisions.tsv"], capture_output=True, text=True).stdout.split()[0]
    assert manifest["config"]["decisions"] == digest
    kalimat("validate", "out", "--source", "in", "--decisions", "decisions.tsv", "--quiet", cwd=folder)


def test_boundaries_are_joined_and_split(folder, review):
    screen = review("--only boundaries")
    screen.shows("boundary  margin")
    before = {row["id"]: row["text"] for kind in ("data", "rejected") for row in rows(folder / "base", kind)}
    total = int(screen.text().split("1/")[1].split()[0])
    for number in range(total):
        text = screen.shows(f"{number + 1}/{total}")
        screen.keys("s" if "no boundary  margin" in text else "j")
        settled(folder, number + 1)
    screen.shows("Nothing is left to look at.")
    screen.keys("q")
    screen.shows("exit 0")
    made = decisions(folder)
    assert {row[0] for row in made} <= {"join", "split"}
    kalimat("build", "in", "--output", "out", "--lang", "id", "--decisions", "decisions.tsv", "--quiet", cwd=folder)
    after = [row["text"] for kind in ("data", "rejected") for row in rows(folder / "out", kind)]
    for verb, id, detail, _ in made:
        if verb == "split":
            assert before[id] not in after
        else:
            assert any(before[id] in text and before[detail] in text for text in after)
    kalimat("validate", "out", "--source", "in", "--decisions", "decisions.tsv", "--quiet", cwd=folder)


def test_screen_follows_its_size_and_wide_characters(folder, review):
    screen = review(columns=70, rows=20)
    screen.shows("margin")
    for columns, lines in [(30, 12), (100, 30), (12, 6), (70, 20)]:
        screen.tmux("resize-window", "-x", str(columns), "-y", str(lines))
        header = screen.wait(
            lambda text: len(text.splitlines()[0].rstrip()) <= columns and "base" in text.splitlines()[0], "the header")
        assert len(header.splitlines()) <= lines
    # No line runs into the next: kana and ideographs take two columns.
    screen.keys("?")
    screen.shows("one sentence (of one record")
    screen.keys("?")
    found = False
    for _ in range(40):
        if "東京" in screen.text():
            found = True
            break
        screen.keys("n")
        time.sleep(0.1)
    assert found
    screen.tmux("resize-window", "-x", "30", "-y", "30")
    time.sleep(0.6)
    for line in screen.text().splitlines():
        assert sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) <= 30, line


def test_colours_only_where_they_are_wanted(review):
    coloured = review(env="env -u NO_COLOR")
    coloured.shows("margin")
    assert "\x1b[" in coloured.text("-e")
    coloured.close()
    plain = review(env="env NO_COLOR=1")
    plain.shows("margin")
    assert "\x1b[" not in plain.text("-e")


def test_a_signal_gives_the_terminal_back(folder, review):
    screen = review()
    screen.shows("margin")
    found = subprocess.run(
        ["ps", "--no-headers", "-o", "pid", "--ppid", screen.tmux("display-message", "-p", "#{pane_pid}").strip()],
        capture_output=True, text=True).stdout.split()
    assert len(found) == 1
    os.kill(int(found[0]), 15)
    text = screen.shows("exit ")
    assert "margin" not in text
    assert screen.tmux("display-message", "-p", "#{alternate_on} #{cursor_flag}").split() == ["0", "1"]


@pytest.mark.parametrize("term", ["dumb", ""])
def test_no_terminal_is_refused(folder, term):
    done = subprocess.run(
        [PROGRAM, "review", "base", "--decisions", "decisions.tsv"], cwd=folder, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, env=os.environ | {"TERM": term})
    assert done.returncode == 64 and "no terminal" in done.stderr
    done = subprocess.run(
        ["script", "-qec", f"{PROGRAM} review base --decisions decisions.tsv", "/dev/null"], cwd=folder,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, env=os.environ | {"TERM": term})
    assert done.returncode == 64 and "cannot place text" in done.stdout + done.stderr
    assert not (folder / "decisions.tsv").exists()


@pytest.mark.parametrize("only", ["boundaries", "rejects"])
def test_the_text_is_seen_in_any_pane(review, only):
    screen = review(f"--only {only}", columns=60, rows=20)
    screen.shows("margin")
    for rows in (6, 5, 4, 3, 2, 1):
        screen.tmux("resize-window", "-x", "60", "-y", str(rows))
        place = "‖" if only == "boundaries" else "▶"
        screen.wait(lambda text: place in text and len(text.splitlines()) <= rows, f"the text in {rows} rows")


def test_a_file_that_cannot_be_written_is_told_before_the_screen(folder):
    done = subprocess.run(
        ["script", "-qec", f"{PROGRAM} review base --decisions nowhere/x.tsv", "/dev/null"], cwd=folder,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, env=os.environ | {"TERM": "xterm"})
    assert done.returncode == 2 and "nowhere/x.tsv" in done.stdout and "\x1b[?1049h" not in done.stdout
