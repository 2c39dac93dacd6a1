"""What no build can be faster than: `limits.py WHAT FILE… [--jobs N]` runs it once over the files' bytes, which it has read
before, and prints the CPU seconds and the seconds of the clock that it took.

WHAT: memcpy; sha256 (hashlib, which is OpenSSL with the CPU's instructions); gzip (the libdeflate that kalimat is
linked with, level 6, members of 1 MiB, as kalimat writes them).
"""

import argparse
import concurrent.futures
import ctypes
import ctypes.util
import hashlib
import time

MEMBER = 1 << 20


def members(paths):
    for path in paths:
        with open(path, "rb") as file:
            while member := file.read(MEMBER):
                yield member


def packer():
    library = ctypes.CDLL(ctypes.util.find_library("deflate") or "libdeflate.so.0")
    library.libdeflate_alloc_compressor.restype = ctypes.c_void_p
    library.libdeflate_alloc_compressor.argtypes = [ctypes.c_int]
    library.libdeflate_free_compressor.argtypes = [ctypes.c_void_p]
    library.libdeflate_gzip_compress.restype = ctypes.c_size_t
    library.libdeflate_gzip_compress.argtypes = [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]

    def pack(member):
        compressor = library.libdeflate_alloc_compressor(6)
        out = ctypes.create_string_buffer(len(member) + 4096)
        count = library.libdeflate_gzip_compress(compressor, member, len(member), out, len(out))
        library.libdeflate_free_compressor(compressor)
        return count

    return pack


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
    work = {"memcpy": copy, "sha256": digest, "gzip": packer()}[arguments.what]
    # Each of them lets other threads run while it works.
    pieces = list(members(arguments.files))
    cpu, clock = time.process_time(), time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for _ in pool.map(work, pieces):
            pass
    print(time.process_time() - cpu, time.monotonic() - clock)


if __name__ == "__main__":
    main()
