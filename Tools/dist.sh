#!/bin/sh
# dist.sh PROGRAM FOLDER: one archive with the program and the libraries that a machine may not have, for Spark's
# --archives and for machines without ICU and CLD2. The program must be linked with the rpath $ORIGIN/lib (`make dist`).
# What belongs to glibc stays out: it must be the machine's own, of the builder's version or newer. gzip, because Spark
# unpacks .tar.gz, .tgz, .tar, .zip and .jar, and copies everything else as it is.
set -eu
program=$1
folder=$2
version=$("$program" --version | sed -n '1s/[^0-9]*\([0-9.]*\).*/\1/p')
name=kalimat-$version-$(uname -s | tr 'A-Z' 'a-z')-$(uname -m)
rm -rf "$folder"
mkdir -p "$folder/tree/lib"
install -m 755 "$program" "$folder/tree/kalimat"
strip "$folder/tree/kalimat"
ldd "$program" | sed -n 's/^[[:space:]]*\([^ ]*\) => \(\/[^ ]*\).*/\1 \2/p' | while read -r library path; do
  case $library in
  libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | ld-linux*) ;;
  *) install -m 644 "$path" "$folder/tree/lib/$library" ;;
  esac
done
# The archive's libraries are found, and not the system's.
if ldd "$folder/tree/kalimat" | grep '=> /' | grep -vF "$folder" | grep -vE 'lib(c|m|dl|pthread|rt)\.so|ld-linux'; then
  echo "dist: these would be taken from the system: is the program linked with the rpath \$ORIGIN/lib?" >&2
  exit 1
fi
# Order, owners and times do not go into the bytes.
tar --create --directory "$folder/tree" --sort=name --owner=0 --group=0 --numeric-owner \
  --mtime="@${SOURCE_DATE_EPOCH:-0}" . | gzip -9n >"$folder/$name.tar.gz"
rm -rf "$folder/tree"
echo "$folder/$name.tar.gz"
