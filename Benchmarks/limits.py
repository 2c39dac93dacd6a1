"""What no build can be faster than: `limits.py WHAT FILE… [--jobs N]` runs it once over the files' bytes and exits.

WHAT: memcpy; sha256 (hashlib, which is OpenSSL with the CPU's instructions); gzip (zlib level 6, members of 1 MiB, as
kalimat writes them).
"""

import argparse
import concurrent.futures
import hashlib
import mmap
import zlib

MEMBER = 1 << 20


def members(paths):
    for path in paths:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_:
            view = memoryview(bytes_)
            for start in range(0, len(view), MEMBER):
                yield view[start:start + MEMBER]
            # A view that is still exported keeps the map from closing.
            view.release()


def pack(member):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return len(packer.compress(member)) + len(packer.flush())


def digest(member):
    return hashlib.sha256(member).digest()


def copy(member):
    return len(bytes(member))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["memcpy", "sha256", "gzip"])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    work = {"memcpy": copy, "sha256": digest, "gzip": pack}[arguments.what]
    # Each of them lets other threads run while it works.
    pieces = [bytes(member) for member in members(arguments.files)]
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for _ in pool.map(work, pieces):
            pass


if __name__ == "__main__":
    main()
