#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs all tests. See --help.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./test.sh [--quick] [--long] [--help]

Builds everything, runs the unit suites, then the worker against mediasoup's own tests, a room and browsers.

  --quick   leave the browsers out
  --long    add longer calls between browsers, 200 layer switches in each mode, and more messages

Needs openssl and bc, and without --quick Chromium, Firefox, iproute2, ffmpeg and GStreamer: root gets them by apt, others the command.
Takes about a quarter of an hour on two cores. Environment: CHROMIUM and FIREFOX name browsers to use.
TEXT
}

quick=false
long=false
for option in "$@"; do
  case $option in
    --quick) quick=true ;;
    --long) long=true ;;
    --help | -h) usage; exit ;;
    *) echo "Unknown option $option: see ./test.sh --help" >&2; exit 1 ;;
  esac
done

# Nothing here asks anybody anything.
exec </dev/null

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0
failed=0
table=''

# within SECONDS COMMAND...: a suite that hangs fails, where there is a timeout command.
within() {
  if command -v timeout >/dev/null; then timeout -k 10 "$@"; else "${@:2}"; fi
}

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Debian packages: root gets them, anybody else the command.
require_packages() {
  local what=$1
  shift
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "Installing $* by apt ($what) ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } ||
      fail "Could not install: $*"
  else
    fail "$what: missing. Run: sudo apt-get install -y --no-install-recommends $*"
  fi
}

# record NAME STATUS PASSED FAILED SECONDS LOG: adds a suite to the table and shows the output of one that failed.
record() {
  local name=$1 status=$2 suite_passed=$3 suite_failed=$4 seconds=$5 log=$6
  # A suite that crashed, or ran nothing, has failed whatever it counted.
  if ((status != 0 && suite_failed == 0)) || ((suite_passed + suite_failed == 0)); then
    suite_failed=$((suite_failed + 1))
  fi
  passed=$((passed + suite_passed))
  failed=$((failed + suite_failed))
  table+=$(printf '%-34s %6s %6s %5ss' "$name" "$suite_passed" "$suite_failed" "$seconds")$'\n'
  if ((suite_failed > 0)); then
    say "  FAILED $name:"
    tail -n 150 "$log" | sed 's/^/    /'
  else
    say "  $name: $suite_passed passed in $seconds s"
  fi
}

# The last number behind a label such as "Total" in a log.
number() { grep -oE "$1[^0-9]*[0-9]+" "$2" | tail -n 1 | grep -oE '[0-9]+$' || echo 0; }

unit_suite() {
  local name=$1 log=$logs/$1.log started=$SECONDS status total errors suite_failed not_run
  NO_COLOR=1 within 900 "tests/$name/bin/Debug/net10.0/$name" >"$log" 2>&1
  status=$?
  sed -i 's/\x1b\[[0-9;]*m//g' "$log"
  local summary
  summary=$(grep -E 'Total: [0-9]+' "$log" | tail -n 1)
  total=$(grep -oE 'Total: [0-9]+' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
  errors=$(grep -oE 'Errors: [0-9]+' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
  suite_failed=$(grep -oE 'Failed: [0-9]+' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
  not_run=$(grep -oE '(Skipped|Not Run): [0-9]+' <<<"$summary" | grep -oE '[0-9]+' | paste -sd+ | bc 2>/dev/null || echo 0)
  record "$name" "$status" $((total - suite_failed - ${not_run:-0})) $((suite_failed + errors)) $((SECONDS - started)) "$log"
}

# node_suite NAME FILE...: a suite of node's own test runner.
node_suite() { tap_suite "$1" node --test --test-concurrency=1 --test-reporter=tap "${@:2}"; }

# tap_suite NAME COMMAND...: a suite whose command reports as node's test runner does.
tap_suite() {
  local name=$1 log="$logs/node.log" started=$SECONDS status
  shift
  say "  $name ..."
  within 900 "$@" >"$log" 2>&1
  status=$?
  record "$name" "$status" "$(number '^# pass' "$log")" "$(number '^# fail' "$log")" $((SECONDS - started)) "$log"
}

# check NAME COMMAND...: a suite that is one test.
check() {
  local name=$1 log="$logs/check.log" started=$SECONDS
  shift
  if within 900 "$@" >"$log" 2>&1; then
    record "$name" 0 1 0 $((SECONDS - started)) "$log"
  else
    record "$name" 1 0 1 $((SECONDS - started)) "$log"
  fi
}

dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
  fail 'The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download/dotnet/10.0'
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null ||
  fail 'Node.js 20.19 or newer is missing: install it from https://nodejs.org'
command -v openssl >/dev/null || require_packages 'openssl, about 2 MB' openssl
command -v bc >/dev/null || require_packages 'bc, under 1 MB' bc
$quick || command -v chromium >/dev/null || [[ -n ${CHROMIUM:-} ]] ||
  require_packages 'Chromium for the browser tests, about 80 MB to download, 300 MB on the disk' chromium

$quick || command -v firefox-esr >/dev/null || [[ -n ${FIREFOX:-} ]] ||
  require_packages 'Firefox for the browser tests, about 60 MB to download, 250 MB on the disk' firefox-esr iproute2
$quick || { command -v ffmpeg && command -v gst-launch-1.0; } >/dev/null ||
  require_packages 'ffmpeg and GStreamer for the media tests' ffmpeg gstreamer1.0-tools \
    gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly

say 'Building everything (Debug, warnings are errors) ...'
started=$SECONDS
dotnet build Worker.sln -nologo -v q >"$logs/build.log" 2>&1 || { tail -n 60 "$logs/build.log"; fail 'The build failed'; }
say "  built in $((SECONDS - started)) s"

say 'Unit suites:'
for project in tests/*.Tests; do
  unit_suite "$(basename "$project")"
done

say 'Building the worker ...'
./build-worker.sh || fail 'The worker could not be built'
export WORKER=$PWD/artifacts/worker/bisque-worker
interop/tools/install-npm.sh interop/controller interop/room interop/tools interop/media interop/data || exit

say 'Building the page ...'
(cd interop/room && npm run build --silent -- --logLevel warn) >"$logs/page.log" 2>&1 || { cat "$logs/page.log"; fail 'The page could not be built'; }

say 'Interop suites:'
mediasoup=interop/controller/node_modules/mediasoup
check 'schema against npm mediasoup' node interop/schema/compare.mjs "$mediasoup/worker/fbs"
check 'messages read by npm mediasoup' node interop/schema/cross-check.mjs "$PWD/$mediasoup" "$PWD/tests/Bisque.Channel.Tests/bin/Debug/net10.0/Bisque.Channel.Tests"
node_suite 'worker process' interop/process/*.test.mjs
controller_started=$SECONDS
say "  mediasoup's own tests ..."
within 900 node interop/controller/run.mjs >"$logs/controller.log" 2>&1
controller_status=$?
say "  $(tail -n 1 "$logs/controller.log")"
record "mediasoup's own tests" "$controller_status" "$(grep -oE '[0-9]+ pass,' "$logs/controller.log" | tail -n 1 | grep -oE '[0-9]+' || echo 0)" \
  "$(grep -cE '^FAILURE ' "$logs/controller.log")" $((SECONDS - controller_started)) "$logs/controller.log"
node_suite 'direct and pipe transports by Node' interop/controller/direct.test.mjs
node_suite 'DTLS against OpenSSL' interop/dtls/openssl.test.mjs
check 'churn: 2,000 rooms leave nothing' benchmarks/Bisque.LoadTest/bin/Debug/net10.0/bisque-loadtest churn --worker "$WORKER"
check 'room: types' npm run check --silent --prefix interop/room
for folder in controller process; do
  check "$folder: types" interop/room/node_modules/.bin/tsc -p "interop/$folder"
done
node_suite 'room: signalling and serving' interop/room/test/*.test.mjs interop/tools/*.test.mjs
node_suite 'data: node-sctp' interop/data/node-sctp.test.mjs
node_suite 'media: statistics' interop/media/stats-exact.test.mjs interop/media/stats-presence.test.mjs interop/media/usage.test.mjs

if ! $quick; then
  for test in interop/browser/*.test.mjs; do
    node_suite "browser: $(basename "$test" .test.mjs)" "$test"
  done
  check 'media: types' interop/room/node_modules/.bin/tsc -p interop/media
  for test in plain werift pairs failures stats-browser layers lip-sync; do
    node_suite "media: $test" "interop/media/$test.test.mjs"
  done
  check 'data: types' interop/room/node_modules/.bin/tsc -p interop/data
  node_suite 'data: browsers' interop/data/browsers.test.mjs
  tap_suite 'media: browsers' interop/media/in-namespace.sh node --test --test-concurrency=1 --test-reporter=tap interop/media/browsers.test.mjs
  if $long; then
    for mode in ': ordered' ': unordered' retransmissions lifetime; do
      LONG=1 node_suite "data: in full, ${mode#: }" --test-name-pattern="$mode" interop/data/browsers.test.mjs
    done
    for mode in 'VP8 simulcast' 'H264 simulcast' 'VP9 L3T3_KEY' 'VP9 L3T3:' 'AV1 L1T3' 'AV1 L3T3_KEY' 'AV1 L3T3:'; do
      LONG=1 node_suite "layers, 200 switches: ${mode%:}" --test-name-pattern="$mode" interop/media/layers.test.mjs
    done
    for round in 1 2 3 4 5; do
      node_suite "browser: loss, round $round" interop/browser/loss.test.mjs
    done
  fi
fi

printf '\n%-34s %6s %6s %6s\n%s' suite passed failed time "$table"
say "whole run: $SECONDS s"
say "$passed passed, $failed failed"
((failed == 0))
