# shellcheck shell=bash
# A docker command line of before buildx: its build talks to the engine's own BuildKit. Unpacked and not installed.

OLD_DOCKER_SUITE=bookworm
OLD_DOCKER_IMAGE=$HUB/library/docker:20.10-cli
OLD_DOCKER=$CACHE/docker-20.10/docker

olddocker_find() {
    [ -x "$OLD_DOCKER" ] || { lacks 'no docker 20.10'; return; }
    property docker.old "$OLD_DOCKER"
    detail "$("$OLD_DOCKER" --version)"
}

olddocker_make() {
    local folder=$CACHE/docker-20.10.part
    if on_debian && apt_download "$folder.debs" "$OLD_DOCKER_SUITE" docker.io "$(dpkg --print-architecture)"; then
        mkdir -p "$folder" "${OLD_DOCKER%/*}" && dpkg -x "$folder.debs"/*.deb "$folder" &&
            mv "$folder/usr/bin/docker" "$OLD_DOCKER"
    else
        copy_from_image "$OLD_DOCKER_IMAGE" /usr/local/bin/docker "$OLD_DOCKER"
    fi
    rm -rf "$folder" "$folder.debs"
    "$OLD_DOCKER" --version >/dev/null || { lacks "neither Debian's docker.io of $OLD_DOCKER_SUITE nor the image $OLD_DOCKER_IMAGE"; return; }
}
