#!/usr/bin/env bash
# install-npm.sh FOLDER...: installs the npm packages of folders, unless they are there already as their lock files have them.
set -euo pipefail

for folder in "$@"; do
  stamp=$folder/node_modules/.stamp
  now=$(cksum <"$folder/package-lock.json")
  if [[ -f $stamp && $(<"$stamp") == "$now" ]]; then
    continue
  fi

  echo "Installing the npm packages of $folder ..."
  # npm's lock files leave out packages for other platforms, and some versions of npm ci then refuse them: install keeps the same versions.
  # With a worker named, mediasoup's install step does not go looking for the C++ one.
  (cd "$folder" && export MEDIASOUP_WORKER_BIN=${WORKER:-none} &&
    { npm ci --ignore-scripts --no-audit --no-fund --loglevel=silent || npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error; }) ||
    { echo "npm failed in $folder" >&2; exit 1; }
  printf '%s\n' "$now" >"$stamp"
done
