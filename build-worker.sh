#!/usr/bin/env bash
# Publishes the worker (NativeAOT) to artifacts/worker/bisque-worker. The last line printed is that file's path.
# Skips the work when nothing it is made of has changed. FORCE=1 builds anyway.
# With --archive it is packed too, for this machine's kind, as artifacts/release/bisque-worker-VERSION-KIND.tar.gz with a .sha256 beside it;
# the last line printed is the archive's path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
archive=false
for option in "$@"; do
  case $option in
    --archive) archive=true ;;
    --help | -h) sed -n '2,5s/^# //p' "$0"; exit ;;
    *) echo "build-worker: unknown option $option: see ./build-worker.sh --help" >&2; exit 1 ;;
  esac
done
root=$PWD
output=$root/artifacts/worker
binary=$output/bisque-worker
stamp=$output/.sources

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  Darwin-x86_64) rid=osx-x64 ;;
  *) echo "build-worker: no NativeAOT target known for $(uname -s) $(uname -m)" >&2; exit 1 ;;
esac
# A musl system (Alpine) needs its own runtime.
if [ "${rid%%-*}" = linux ] && ldd --version 2>&1 | grep -qi musl; then rid=${rid/linux-/linux-musl-}; fi

command -v dotnet >/dev/null || { echo "build-worker: the .NET SDK 10 is needed: https://dot.net/download" >&2; exit 1; }

sources() {
  { find src -type f \( -name '*.cs' -o -name '*.csproj' \) -not -path '*/obj/*' -not -path '*/bin/*'
    ls Directory.Build.props Directory.Packages.props global.json build-worker.sh; } | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum
  echo "$rid ${IlcInstructionSet:-} $(dotnet --version)"
}

have_linker() { command -v gcc >/dev/null || command -v clang >/dev/null; }
have_headers() {
  local compiler
  compiler=$(command -v gcc || command -v clang) || return 1
  printf '#include <stdio.h>\n#include <zlib.h>\n' | "$compiler" -E -x c - >/dev/null 2>&1
}

if [ "${rid%%-*}" = linux ] && ! { have_linker && have_headers; }; then
  install="apt-get install -y --no-install-recommends gcc libc6-dev zlib1g-dev"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "build-worker: NativeAOT needs a linker and headers; installing gcc libc6-dev zlib1g-dev (about 45 MB to download, 170 MB on disk)"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null
  elif command -v apt-get >/dev/null; then
    echo "build-worker: NativeAOT needs a linker and headers. Run: sudo apt-get update && sudo $install" >&2
    exit 1
  else
    echo "build-worker: NativeAOT needs gcc or clang, and the headers of libc and zlib; install them with this system's package manager" >&2
    exit 1
  fi
fi

# The same sources make the same archive: order, owners and times of its entries are fixed.
pack() {
  local version name folder
  version=$("$binary" --version | sed -n 's/^bisque-worker \([^ +]*\).*/\1/p')
  name=bisque-worker-$version-$rid
  folder=$root/artifacts/release
  mkdir -p "$folder"
  tar --create --gzip --file "$folder/$name.tar.gz" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 \
    --transform "s,^,$name/," -C "$output" bisque-worker -C "$root" LICENSE THIRD-PARTY-NOTICES.md CHANGELOG.md
  (cd "$folder" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
  echo "build-worker: packed $name, $(du -h "$folder/$name.tar.gz" | cut -f1)"
  echo "$folder/$name.tar.gz"
}

finish() {
  if $archive; then pack; else echo "$binary"; fi
  exit 0
}

now=$(sources | sha256sum)
if [ -z "${FORCE:-}" ] && [ -x "$binary" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
  echo "build-worker: up to date"
  finish
fi

started=$SECONDS
echo "build-worker: publishing for $rid (the first time takes a few minutes: it fetches the compiler and compiles everything to machine code)"
options=(-c Release -r "$rid" -o "$output" -nologo -v q -p:DebugType=none)
if [ -n "${IlcInstructionSet:-}" ]; then options+=("-p:IlcInstructionSet=$IlcInstructionSet"); fi
# clang is what the SDK calls by default; gcc does as well.
if ! command -v clang >/dev/null; then options+=(-p:CppCompilerAndLinker=gcc); fi
rm -f "$stamp"
dotnet publish src/Bisque.Worker/Bisque.Worker.csproj "${options[@]}"
find "$output" -name '*.dbg' -delete -o -name '*.xml' -delete -o -name '*.pdb' -delete
echo "$now" >"$stamp"
echo "build-worker: done in $((SECONDS - started)) s, $(du -h "$binary" | cut -f1)"
finish
