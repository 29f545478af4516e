#!/usr/bin/env bash
# Builds what is not built yet and starts a video room on this machine. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./run.sh [--check] [--lan] [--relay loss=N] [--help]

Builds the worker and the page, and starts a video room. Ctrl-C ends it.

  --check         instead, let two headless browsers call each other for some seconds and say whether it worked (takes no other option)
  --lan           serve the local network over https instead of this machine over http
  --relay loss=N  lose this part (0 to 1) of all media datagrams, to see how a call copes

Environment:
  PORT     port of the page (default 3000)
  WORKER   a worker binary to use instead of building ours
  CHROMIUM the browser for --check (the usual places)
TEXT
}

readonly ROOM=interop/room
readonly TOOLS=interop/tools

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# fingerprint PATH...: a number that changes when any file under the paths does. Build output is not looked at.
fingerprint() {
  find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -print0 |
    sort -z | xargs -0 cksum | cksum | cut -d' ' -f1
}

# unless_unchanged STAMP "PATH..." COMMAND...: runs the command unless it has already run for these very files.
unless_unchanged() {
  local stamp=$1 paths=$2 now
  shift 2
  # shellcheck disable=SC2086 # the paths are separate words
  now=$(fingerprint $paths)
  if [[ ! -f $stamp || $(<"$stamp") != "$now" ]]; then
    "$@"
    printf '%s\n' "$now" >"$stamp"
  fi
}

require_node() {
  local version
  version=$(node --version 2>/dev/null) || fail 'Node.js is missing: install version 20.19 or newer from https://nodejs.org'
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
    fail "Node.js $version is too old: version 20.19 or newer is needed, from https://nodejs.org"
}

require_dotnet() {
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
    fail 'The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download/dotnet/10.0'
}

build_page() {
  say 'Building the page ...'
  (cd "$ROOM" && npm run build --silent -- --logLevel warn)
}

find_chromium() {
  (cd "$TOOLS" && node --input-type=module -e 'import { findChromium } from "./browser.mjs"; process.exit(findChromium() ? 0 : 1)')
}

require_chromium() {
  local install='apt-get install -y --no-install-recommends chromium'
  if find_chromium; then
    return
  fi
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "Installing Chromium by apt (about 80 MB to download, 300 MB on the disk, and what it depends on) ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null; } || fail "Chromium could not be installed by: $install"
  else
    fail "Chromium is missing: install it (sudo $install), or set CHROMIUM to its path"
  fi
}

check=false
room_options=()
while (($#)); do
  case $1 in
    --help | -h) usage; exit ;;
    --check) check=true ;;
    --lan) room_options+=(--lan) ;;
    --relay)
      (($# > 1)) || fail '--relay needs a value, as in --relay loss=0.05'
      room_options+=(--relay "$2")
      shift
      ;;
    *) fail "Unknown option $1: see ./run.sh --help" ;;
  esac
  shift
done

require_node
if [[ -z ${WORKER:-} ]]; then
  require_dotnet
  # It looks for itself whether there is anything to do.
  ./build-worker.sh
  WORKER=$PWD/artifacts/worker/bisque-worker
fi
export WORKER

"$TOOLS/install-npm.sh" "$ROOM"
# Where it is built into goes away as a whole, and so does the stamp in it.
unless_unchanged "$ROOM/dist/.stamp" "$ROOM/page $ROOM/vite.config.ts $ROOM/package-lock.json" build_page

if $check; then
  "$TOOLS/install-npm.sh" "$TOOLS"
  require_chromium
  say 'Calling from one headless browser to another ...'
  exec node interop/browser/check.mjs
fi
# The long form of the expansion is for bash before 4.4, to which an empty array is an unset variable.
exec node "$ROOM/server/main.mjs" ${room_options[@]+"${room_options[@]}"}
