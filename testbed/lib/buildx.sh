# shellcheck shell=bash
# The buildx plugin of the version that we test with, and the older one that Debian's package brings.

BUILDX=$CACHE/buildx-$BUILDX_VERSION/docker-buildx

buildx_find() {
    local path old=
    [ -x "$BUILDX" ] || { lacks "no buildx $BUILDX_VERSION"; return; }
    for path in /usr/libexec/docker/cli-plugins /usr/lib/docker/cli-plugins /usr/local/lib/docker/cli-plugins; do
        [ -x "$path/docker-buildx" ] && old=$path/docker-buildx && break
    done
    property buildx "$BUILDX"
    property buildx.old "$old"
    detail "$BUILDX_VERSION at $BUILDX${old:+, $("$old" version | awk '{ print $2 }') at $old}"
}

buildx_make() {
    if have_go; then
        go_build github.com/docker/buildx "$BUILDX_VERSION" "$CACHE/buildx-$BUILDX_VERSION.go" buildx &&
            mkdir -p "${BUILDX%/*}" && mv "$CACHE/buildx-$BUILDX_VERSION.go/buildx" "$BUILDX" &&
            rmdir "$CACHE/buildx-$BUILDX_VERSION.go"
    else
        copy_from_image "$HUB/docker/buildx-bin:${BUILDX_VERSION#v}" /buildx "$BUILDX"
    fi || { lacks "neither Go $GO_NEEDED to build it nor the image $HUB/docker/buildx-bin to copy it from"; return; }
}
