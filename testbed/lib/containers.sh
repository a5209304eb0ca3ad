# shellcheck shell=bash
# Containers and images that the testbed uses where it may not install or start processes.

container_runs() { [ "$(docker container inspect --format '{{.State.Running}}' "$1" 2>/dev/null)" = true ]; }

remove_container() { docker rm --force --volumes "$1" >/dev/null 2>&1 || true; }

remember_image() { echo "$1" >>"$STATE/images"; }

# Makes sure that an image is there, and remembers that it was us who pulled it.
need_image() { # reference
    docker image inspect "$1" >/dev/null 2>&1 && return
    quietly docker docker pull --quiet "$1" && remember_image "$1"
}

run_container() { # name options... image; what follows -- is the container's command
    local name=$1 arguments=() command=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do arguments+=("$1"); shift; done
    [ $# -gt 0 ] && shift && command=("$@")
    remove_container "$name"
    need_image "${arguments[-1]}" &&
        quietly docker docker run --detach --name "$name" "${arguments[@]}" "${command[@]}"
}

copy_from_image() { # image file target
    local container
    need_image "$1" && container=$(docker create "$1" none) && mkdir -p "$(dirname "$3")" &&
        quietly docker docker cp --follow-link "$container:$2" "$3"
    local status=$?
    [ -z "${container:-}" ] || remove_container "$container"
    return $status
}

remove_images() { # that are here because of us
    local image
    [ -e "$STATE/images" ] || return 0
    while read -r image; do docker image rm "$image" >/dev/null 2>&1; done <"$STATE/images"
    rm -f "$STATE/images"
}
