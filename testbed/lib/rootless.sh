# shellcheck shell=bash
# What a buildkitd of somebody who is not root needs: rootlesskit, and newuidmap and newgidmap, which are setuid root.

ROOTLESSKIT_VERSION=v2.3.6
ROOTLESSKIT=$CACHE/rootlesskit-$ROOTLESSKIT_VERSION/rootlesskit

rootless_find() {
    [ -x "$ROOTLESSKIT" ] || { lacks "no rootlesskit $ROOTLESSKIT_VERSION"; return; }
    command -v newuidmap >/dev/null && command -v newgidmap >/dev/null || { lacks 'no newuidmap and newgidmap'; return; }
    property rootlesskit "$ROOTLESSKIT"
    detail "rootlesskit $ROOTLESSKIT_VERSION, $(command -v newuidmap)"
}

rootless_make() {
    [ -x "$ROOTLESSKIT" ] ||
        go_install "github.com/rootless-containers/rootlesskit/v2/cmd/rootlesskit@$ROOTLESSKIT_VERSION" "${ROOTLESSKIT%/*}" ||
        { lacks 'no Go to build rootlesskit with'; return; }
    command -v newuidmap >/dev/null || { can_install && apt_install_own uidmap; } ||
        { lacks "no newuidmap: install your distribution's package uidmap"; return; }
}
