# shellcheck shell=bash
# What every part of the testbed shares: versions, places, the property file, and how parts are found, made and ended.
#
# A part is a set of functions:
#   <part>_find  is it there and does it answer? says so in `detail`, sets its properties, changes nothing
#   <part>_make  bring it up; on failure say in `lacks` what lacks
#   <part>_end   undo what <part>_make started (optional)

BUILDKIT_VERSION=v0.32.2
BUILDX_VERSION=v0.36.1
GO_NEEDED=1.26.3
DEBIAN_SUITE=forky
HUB=${BUILDKIT_CI_TESTBED_HUB:-docker.io} # or a mirror of it

# In the order in which they are made: a later part may use an earlier one.
PARTS=(engine buildx olddocker registry buildkit image emulators base workflows stores rootless sshd)

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/buildkit-ci/testbed
if [ -n "${BUILDKIT_CI_TESTBED:-}" ]; then
    STATE=$BUILDKIT_CI_TESTBED
elif [ "$(id -u)" = 0 ]; then
    STATE=/var/lib/buildkit-ci-testbed
else
    STATE=${XDG_STATE_HOME:-$HOME/.local/state}/buildkit-ci/testbed
fi

# Never the person's own configuration, logins or default builder.
export DOCKER_CONFIG=$STATE/docker BUILDX_CONFIG=$STATE/buildx

# shellcheck source-path=SCRIPTDIR
. "$HERE/lib/shell.sh"
. "$HERE/lib/apt.sh"
. "$HERE/lib/golang.sh"
. "$HERE/lib/containers.sh"
. "$HERE/lib/engine.sh"
. "$HERE/lib/buildx.sh"
. "$HERE/lib/olddocker.sh"
. "$HERE/lib/registry.sh"
. "$HERE/lib/buildkit.sh"
. "$HERE/lib/image.sh"
. "$HERE/lib/emulators.sh"
. "$HERE/lib/rootfs.sh"
. "$HERE/lib/base.sh"
. "$HERE/lib/workflows.sh"
. "$HERE/lib/stores.sh"
. "$HERE/lib/rootless.sh"
. "$HERE/lib/sshd.sh"

declare -A PROPERTIES=()
DETAIL=

property() { PROPERTIES[$1]=$2; }

detail() { DETAIL=$1; }

lacks() { DETAIL=$1; return 1; }

needs() { [ -n "${PROPERTIES[$1]:-}" ] || lacks "needs the $1"; }

say() { printf '%-10s %-8s %s\n' "$1" "$2" "$3"; }

# One of `up`, `down` and their like at a time on this machine. Daemons must not inherit descriptor 9.
take_turn() {
    mkdir -p "$CACHE"
    if command -v flock >/dev/null; then
        exec 9>"$CACHE/lock"
        flock -w 900 9 || { echo 'testbed: another one has been at it for 15 minutes' >&2; exit 1; }
    fi
    if [ ! -e "$STATE/.testbed" ] && [ -n "$(ls -A "$STATE" 2>/dev/null)" ]; then
        echo "testbed: $STATE holds something else; \`down\` would remove it" >&2
        exit 1
    fi
    mkdir -p "$STATE"/{log,run,docker,buildx}
    : >"$STATE/.testbed"
}

# Looks at every part; with `make`, brings up those that are not there. The answer is how many lack.
go_through_parts() { # find|make
    local part lacking=0
    for part in "${PARTS[@]}"; do
        if "${part}_find"; then
            say "$part" up "$DETAIL"
        elif [ "$1" = make ] && "${part}_make" && "${part}_find"; then
            say "$part" started "$DETAIL"
        else
            say "$part" LACKS "$DETAIL"
            lacking=$((lacking + 1))
        fi
    done
    return "$lacking"
}

# testbed.properties for Java, testbed.env for shells: the same keys, upper-cased, with _ for every dot.
write_properties() {
    local key name
    for key in $(printf '%s\n' "${!PROPERTIES[@]}" | sort); do
        name=$(tr '[:lower:].' '[:upper:]_' <<<"$key")
        printf '%s=%s\n' "$key" "${PROPERTIES[$key]}" >&3
        printf 'TESTBED_%s=%q\n' "$name" "${PROPERTIES[$key]}" >&4
    done 3>"$STATE/testbed.properties.new" 4>"$STATE/testbed.env.new"
    mv "$STATE/testbed.properties.new" "$STATE/testbed.properties"
    mv "$STATE/testbed.env.new" "$STATE/testbed.env"
    ln -sfn "$STATE/testbed.properties" "$HERE/testbed.properties"
    ln -sfn "$STATE/testbed.env" "$HERE/testbed.env"
}

# BuildKit may leave mounts in its root when it was killed.
remove_state() {
    local mounted
    awk -v state="$STATE/" 'index($2, state) == 1 { print $2 }' /proc/mounts 2>/dev/null | sort -r |
        while read -r mounted; do umount -l "$mounted"; done
    rm -rf "$STATE" "$HERE/testbed.properties" "$HERE/testbed.env"
}
