# shellcheck shell=bash
# The base image of the tests, one multi-platform index in the registry. It is put together without running anything,
# so no emulator needs to be there.

BASE_UPSTREAM=$HUB/library/busybox:1.37

base_find() {
    needs registry || return
    http_ok "${PROPERTIES[registry]##*:}" /v2/testbed/busybox/manifests/1 ||
        { lacks 'no base image in the registry'; return; }
    property base "${PROPERTIES[registry]}/testbed/busybox:1"
    property rootfs.dir "$([ -d "$ROOTFS" ] && echo "$ROOTFS")"
    detail "${PROPERTIES[base]}$([ ! -d "$ROOTFS" ] || echo " for $(base_platforms)")"
}

base_make() {
    local reference
    needs registry && needs buildkit.address || return
    reference=${PROPERTIES[registry]}/testbed/busybox:1
    if rootfs_make; then
        base_push "$reference"
    else
        quietly base "$BUILDX" imagetools create --tag "$reference" "$BASE_UPSTREAM"
    fi || { lacks "neither Debian's busybox packages nor $BASE_UPSTREAM"; return; }
}

base_push() { # reference
    cat >"$STATE/base.Dockerfile" <<'EOF'
FROM scratch
ARG TARGETARCH TARGETVARIANT
COPY ${TARGETARCH}${TARGETVARIANT}/ /
CMD ["sh"]
EOF
    quietly base env SOURCE_DATE_EPOCH=0 "$BUILDKIT_BIN/buildctl" --addr "${PROPERTIES[buildkit.address]}" build \
        --frontend dockerfile.v0 --local context="$ROOTFS" --local dockerfile="$STATE" --opt filename=base.Dockerfile \
        --opt platform="$(base_platforms)" --output "type=image,name=$1,push=true,rewrite-timestamp=true"
}

base_platforms() { # linux/amd64,linux/arm/v7,…
    local folder
    for folder in "$ROOTFS"/*; do
        echo "${folder##*/}"
    done | sed 's/^arm\(v.\)$/arm\/\1/; s/^/linux\//' | paste -sd,
}
