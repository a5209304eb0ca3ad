#!/bin/sh
# Renders the page for one platform; keeps the result in the cache mount, named by what it was made of.
set -eu
platform=$1
key=$(cat hello.txt render.sh | sha256sum | cut -d' ' -f1)
cached=/var/cache/pages/$key
if [ ! -f "$cached" ]; then
    {
        echo "<!doctype html><meta charset=utf-8><title>Hello</title>"
        echo "<h1>$(cat hello.txt)</h1>"
        echo "<p>Built for $platform, run on $(uname -m).</p>"
    } > "$cached"
fi
cat "$cached"
