#!/usr/bin/env bash
# Runs a command in a network namespace of its own: loopback, and an interface with an address, named by FIREFOX_ADDRESS, that leads nowhere.
# Firefox gathers no candidate on loopback as long as there is another interface, and none at all without one. Where the namespace cannot
# be made, the command runs without it, and without FIREFOX_ADDRESS.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
  if unshare --net true 2>/dev/null && command -v ip >/dev/null; then
    exec unshare --net bash "$0" --inside "$@"
  fi
  echo 'in-namespace: no network namespace can be made here (it needs Linux, root and iproute2): Firefox is left out' >&2
  exec "$@"
fi

shift
ip link set lo up
ip link add here type veth peer name nowhere
ip address add 10.77.0.1/24 dev here
ip link set here up
ip link set nowhere up
ip route add default via 10.77.0.2 dev here
export FIREFOX_ADDRESS=10.77.0.1
exec "$@"
