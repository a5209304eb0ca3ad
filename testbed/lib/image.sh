# shellcheck shell=bash
# The image that builders of the docker-container driver boot: upstream's, or one put together from this machine's
# buildkitd, buildctl and runc where there is no upstream.

BUILDKIT_LOCAL=local/buildkit-ci-testbed-buildkit:$BUILDKIT_VERSION

image_find() {
    local image
    for image in "$BUILDKIT_LOCAL" "$BUILDKIT_UPSTREAM"; do
        if docker image inspect "$image" >/dev/null 2>&1; then
            property buildkit.image "$image"
            detail "$image"
            return
        fi
    done
    lacks 'no BuildKit image in the engine'
}

image_make() {
    needs buildkit.address || return
    if am_root && command -v runc >/dev/null; then
        image_assemble "$STATE/image" && image_build "$STATE/image" && remember_image "$BUILDKIT_LOCAL"
    else
        need_image "$BUILDKIT_UPSTREAM"
    fi || { lacks "neither runc to put one together nor $BUILDKIT_UPSTREAM to pull"; return; }
}

image_assemble() { # folder
    local runc library
    runc=$(command -v runc)
    rm -rf "$1"
    mkdir -p "$1"/root/{usr/bin,tmp,etc/ssl/certs}
    chmod 1777 "$1/root/tmp"
    cp "$BUILDKIT_BIN"/{buildkitd,buildctl} "$1/root/usr/bin/"
    cp "$runc" "$1/root/usr/bin/buildkit-runc"
    for library in $(ldd "$runc" 2>/dev/null | grep -o '/[^ ]*'); do
        mkdir -p "$1/root${library%/*}"
        cp -L "$library" "$1/root$library"
    done
    cp /etc/ssl/certs/ca-certificates.crt "$1/root/etc/ssl/certs/" 2>/dev/null
    cat >"$1/Dockerfile" <<'EOF'
FROM scratch
COPY root/ /
VOLUME /var/lib/buildkit
ENTRYPOINT ["/usr/bin/buildkitd"]
EOF
}

image_build() { # folder
    "$BUILDKIT_BIN/buildctl" --addr "${PROPERTIES[buildkit.address]}" build --frontend dockerfile.v0 \
        --local context="$1" --local dockerfile="$1" --output "type=docker,name=$BUILDKIT_LOCAL,compression=uncompressed" \
        2>>"$STATE/log/image.log" | quietly docker docker load
    local status=$?
    rm -rf "$1"
    return $status
}

image_end() { remove_images; }
