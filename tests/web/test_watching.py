"""The watch over the folder of the essays: one call for a burst of changes, whatever happens."""

import shutil
import threading
import time

import pytest

from pactqa.web.watching import Watcher

QUIET = 0.2


class Calls:
    def __init__(self):
        self.count = 0
        self.called = threading.Event()

    def __call__(self):
        self.count += 1
        self.called.set()

    def wait(self):
        assert self.called.wait(15), "nothing was noticed"
        time.sleep(4 * QUIET)
        count, self.count = self.count, 0
        self.called.clear()
        return count


@pytest.fixture
def calls():
    return Calls()


@pytest.fixture
def watched(tmp_path, calls):
    folder = tmp_path / "corpus"
    (folder / "part").mkdir(parents=True)
    watcher = Watcher(folder, calls, quiet=QUIET, again=0.1)
    watcher.start()
    time.sleep(0.5)  # until the system tells of changes
    yield folder
    watcher.stop()


def test_a_burst_of_changes_is_told_once(watched, calls):
    for number in range(20):
        (watched / "part" / f"{number}.md").write_text("Bees dance.")
        time.sleep(0.01)
    assert calls.wait() == 1
    (watched / "part" / "0.md").write_text("Bees rest.")
    assert calls.wait() == 1
    (watched / "part" / "0.md").unlink()
    assert calls.wait() == 1
    (watched / "part" / "1.md").rename(watched / "one.md")
    assert calls.wait() == 1


def test_hidden_files_and_folders_are_passed_over(watched, calls):
    (watched / ".removed").mkdir()
    (watched / ".removed" / "a.md").write_text("x")
    (watched / ".adding.part").write_text("x")
    assert not calls.called.wait(5 * QUIET)


def test_a_folder_that_goes_and_comes_again_is_watched_again(watched, calls):
    shutil.rmtree(watched)
    calls.wait()
    watched.mkdir()
    (watched / "a.md").write_text("x")
    calls.wait()
    time.sleep(0.5)
    (watched / "b.md").write_text("x")
    assert calls.wait() == 1


def test_it_ends_at_once(watched, calls):
    watcher = Watcher(watched, calls, quiet=QUIET)
    watcher.start()
    begun = time.monotonic()
    watcher.stop()
    assert time.monotonic() - begun < 2
