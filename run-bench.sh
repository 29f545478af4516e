#!/usr/bin/env bash
# Builds what is not built yet and measures workers: start-up, idle memory, CPU time per forwarded packet. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./run-bench.sh [--worker PATH]... [option...]
       ./run-bench.sh --churn
       ./run-bench.sh --kernels [BenchmarkDotNet option...]

Measures our worker, and beside it each worker binary named by --worker, such as mediasoup's: all of them take turns within one run,
and the ratios refer to ours (A), or without it to the first one named.

  --worker PATH      another worker to measure (repeatable)
  --without-ours     measure only those that --worker names
  --quick            one short round of each case
  --churn            alone: open and close transports 2,000 times, and see whether the worker keeps anything of them
  --kernels          the cryptographic and parsing kernels alone, by BenchmarkDotNet (short runs)
  --rounds N         rounds of each case (3)
  --scenario NAME    plain (PlainTransport with SRTP), webrtc (a socket each), webrtc-server (one socket), consumers (each type of
                     consumer against the simple one) or data (messages of 16 KiB over data channels, as fast as they go);
                     repeatable (all)
  --suite NAME       SRTP suite, such as AES_CM_128_HMAC_SHA1_80; repeatable (AEAD_AES_128_GCM)
  --burst N          packets that the producer sends at a time; repeatable (1 and 4)
  --consumers N      consumers of the one producer (50)
  --rate N           packets per second of the producer (400)
  --duration S       seconds measured in each round (8), after --warm-up S (2); of consumers each kind a quarter of it
  --spawns N         processes started for the start-up figures (60)
  --no-startup       leave start-up and memory out
  --no-forwarding    leave forwarding out

The figures are those of this machine at this moment: on a busy one only the ratios mean anything.
TEXT
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

kernels=false
churn=false
ours=true
options=()
for argument in "$@"; do
  case $argument in
    --help | -h) usage; exit ;;
    --kernels) kernels=true ;;
    --quick) options+=(--rounds 1 --duration 3 --warm-up 1 --spawns 20) ;;
    --churn) churn=true ;;
    --without-ours) ours=false ;;
    *) options+=("$argument") ;;
  esac
done

dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
  fail 'The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download/dotnet/10.0'
printf 'Machine: %s cores, %s, %s %s\n' "$(nproc)" \
  "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)" "$(uname -s)" "$(uname -r)"

if $kernels; then
  # In one process: the child builds that BenchmarkDotNet makes otherwise take longer than the measuring.
  # The long form of the expansion is for bash before 4.4, to which an empty array is an unset variable.
  dotnet run --project benchmarks/Bisque.Benchmarks -c Release -v q -- \
    --filter '*' --job short --inProcess ${options[@]+"${options[@]}"} || fail 'run-bench: FAILED, see above'
  echo 'run-bench: done'
  exit
fi

if $ours; then
  ./build-worker.sh
  # First: what ratios refer to.
  options=(--worker artifacts/worker/bisque-worker ${options[@]+"${options[@]}"})
fi
if $churn; then options=(churn ${options[@]+"${options[@]}"}); fi

echo 'Building the load test ...'
log=$(dotnet build benchmarks/Bisque.LoadTest -c Release -v q -nologo 2>&1) || fail "$log"
benchmarks/Bisque.LoadTest/bin/Release/net10.0/bisque-loadtest ${options[@]+"${options[@]}"} || fail 'run-bench: FAILED, see above'
echo 'run-bench: done'
