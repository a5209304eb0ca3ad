# shellcheck shell=bash
# BuildKit on its own: buildkitd as a process where we are root, elsewhere as a container.

BUILDKIT_BIN=$CACHE/buildkit-$BUILDKIT_VERSION
BUILDKIT_CONTAINER=buildkit-ci-testbed-buildkitd
BUILDKIT_UPSTREAM=$HUB/moby/buildkit:$BUILDKIT_VERSION

buildkit_answers() { # address
    timeout 10 "$BUILDKIT_BIN/buildctl" --addr "$1" debug workers >/dev/null 2>&1
}

buildkit_address() {
    if alive buildkitd; then
        echo "unix://$STATE/buildkitd.sock"
    elif container_runs $BUILDKIT_CONTAINER; then
        echo "tcp://127.0.0.1:$(port_of buildkitd)"
    else
        return 1
    fi
}

buildkit_find() {
    local address
    [ -x "$BUILDKIT_BIN/buildctl" ] || { lacks "no BuildKit $BUILDKIT_VERSION"; return; }
    address=$(buildkit_address) || { lacks 'no buildkitd of ours runs'; return; }
    buildkit_answers "$address" || { lacks "our buildkitd does not answer at $address"; return; }
    grep -qF "\"${PROPERTIES[registry]:-}\"" "$STATE/buildkitd.toml" ||
        { lacks 'our buildkitd was made for another registry'; return; }
    property buildkitd "$BUILDKIT_BIN/buildkitd"
    property buildctl "$BUILDKIT_BIN/buildctl"
    property buildkit.address "$address"
    property buildkitd.config "$STATE/buildkitd.toml"
    detail "$BUILDKIT_VERSION at $address"
}

buildkit_make() {
    local address
    needs registry || return
    buildkit_end
    buildkit_binaries ||
        { lacks "neither Go $GO_NEEDED to build it nor the image $BUILDKIT_UPSTREAM to copy it from"; return; }
    buildkit_config "$(port_of registry)" >"$STATE/buildkitd.toml"
    if am_root && command -v runc >/dev/null; then
        address=unix://$STATE/buildkitd.sock
        rm -f "$STATE/buildkitd.sock"
        start buildkitd "$BUILDKIT_BIN/buildkitd" --root "$STATE/buildkit" --addr "$address" \
            --config "$STATE/buildkitd.toml"
    else
        choose_port buildkitd 5655
        address=tcp://127.0.0.1:$(port_of buildkitd)
        run_container $BUILDKIT_CONTAINER --privileged --network host \
            --volume "$STATE/buildkitd.toml:/etc/buildkit/buildkitd.toml:ro" "$BUILDKIT_UPSTREAM" -- --addr "$address" ||
            { lacks "the container $BUILDKIT_CONTAINER did not start"; return; }
    fi
    wait_for 20 buildkit_answers "$address" ||
        { lacks "buildkitd does not answer, see $STATE/log/buildkitd.log or docker logs $BUILDKIT_CONTAINER"; return; }
}

buildkit_binaries() {
    local name
    [ -x "$BUILDKIT_BIN/buildkitd" ] && [ -x "$BUILDKIT_BIN/buildctl" ] && return
    if have_go; then
        go_build github.com/moby/buildkit "$BUILDKIT_VERSION" "$BUILDKIT_BIN" buildkitd buildctl
    else
        for name in buildkitd buildctl; do
            copy_from_image "$BUILDKIT_UPSTREAM" /usr/bin/$name "$BUILDKIT_BIN/$name" || return
        done
    fi
}

buildkit_config() { # port of the registry
    cat <<EOF
[worker.containerd]
  enabled = false
[registry."localhost:$1"]
  http = true
  insecure = true
[registry."127.0.0.1:$1"]
  http = true
  insecure = true
EOF
}

buildkit_end() {
    stop buildkitd
    remove_container $BUILDKIT_CONTAINER
}
