# shellcheck shell=bash
# A registry on loopback: Debian's docker-registry as a process, elsewhere the registry image as a container.

REGISTRY_CONTAINER=buildkit-ci-testbed-registry
REGISTRY_IMAGE=$HUB/library/registry:3

registry_find() {
    local port
    port=$(port_of registry)
    alive docker-registry || container_runs $REGISTRY_CONTAINER || { lacks 'no registry of ours runs'; return; }
    http_ok "$port" /v2/ || { lacks "our registry does not answer at localhost:$port"; return; }
    property registry "localhost:$port"
    property registry.rw.dir "$(alive docker-registry && echo "$STATE/registry")"
    property registry.program "$(registry_there)"
    detail "localhost:$port"
}

registry_make() {
    local program port
    registry_end
    choose_port registry 5555
    port=$(port_of registry)
    if program=$(registry_program); then
        registry_config "$port" >"$STATE/registry.yml"
        mkdir -p "$STATE/registry"
        start docker-registry "$program" serve "$STATE/registry.yml"
    else
        run_container $REGISTRY_CONTAINER --publish "127.0.0.1:$port:5000" \
            --env REGISTRY_STORAGE_DELETE_ENABLED=true "$REGISTRY_IMAGE" ||
            { lacks "neither Debian's docker-registry nor the image $REGISTRY_IMAGE"; return; }
    fi
    wait_for 10 http_ok "$port" /v2/ || { lacks "it does not answer, see $STATE/log/docker-registry.log or docker logs $REGISTRY_CONTAINER"; return; }
}

registry_there() {
    local unpacked=$CACHE/docker-registry-$DEBIAN_SUITE/usr/bin/docker-registry
    command -v docker-registry || { [ -x "$unpacked" ] && echo "$unpacked"; }
}

# Unpacked and not installed, so that no service of it starts on this machine.
registry_program() {
    local folder=$CACHE/docker-registry-$DEBIAN_SUITE
    if ! registry_there >/dev/null; then
        on_debian && apt_download "$folder.debs" "$DEBIAN_SUITE" docker-registry "$(dpkg --print-architecture)" &&
            dpkg -x "$folder.debs"/*.deb "$folder" || return
        rm -rf "$folder.debs"
    fi
    "$(registry_there)" --version >/dev/null && registry_there
}

registry_config() { # port
    cat <<EOF
version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage:
  filesystem: { rootdirectory: $STATE/registry }
  cache: { blobdescriptor: inmemory }
  delete: { enabled: true }
http: { addr: "localhost:$1", secret: testbed }
EOF
}

registry_end() {
    stop docker-registry
    remove_container $REGISTRY_CONTAINER
}
