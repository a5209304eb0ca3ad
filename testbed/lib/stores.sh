# shellcheck shell=bash
# Servers that speak S3 and Azure Blob Storage, for caches that are kept there. Tests start their own: they keep
# everything in memory.

GOFAKES3_VERSION=v1.2.0
AZURITE_VERSION=3.35.0 # the last one for Node 20
S3=$CACHE/gofakes3-$GOFAKES3_VERSION/gofakes3
AZURITE=$CACHE/azurite-$AZURITE_VERSION/node_modules/azurite/dist/src/blob/main.js

stores_find() {
    [ -x "$S3" ] || { lacks "no gofakes3 $GOFAKES3_VERSION"; return; }
    [ -r "$AZURITE" ] || { lacks "no azurite $AZURITE_VERSION"; return; }
    property store.s3 "$S3"
    property store.azblob "$AZURITE"
    detail "gofakes3 $GOFAKES3_VERSION, azurite $AZURITE_VERSION"
}

stores_make() {
    [ -x "$S3" ] || go_install "github.com/johannesboyne/gofakes3/cmd/gofakes3@$GOFAKES3_VERSION" "${S3%/*}" ||
        { lacks 'no Go to build gofakes3 with'; return; }
    [ -r "$AZURITE" ] || stores_azurite "$CACHE/azurite-$AZURITE_VERSION" ||
        { lacks 'no npm to get azurite with'; return; }
}

# Its dependencies' scripts are not run: none of them is needed for it.
stores_azurite() { # folder
    rm -rf "$1.part"
    mkdir -p "$1.part"
    quietly npm npm install --prefix "$1.part" --no-audit --no-fund --no-package-lock --ignore-scripts --omit=optional \
        "azurite@$AZURITE_VERSION" && rm -rf "$1" && mv "$1.part" "$1"
}
