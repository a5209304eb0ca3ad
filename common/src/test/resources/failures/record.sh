#!/usr/bin/env bash
# Records what buildx says when a build fails, for every case, on one builder and one buildx:
#   BUILDX=path BUILDER=name NAME=remote-buildx-0.36.1 REGISTRY=localhost:5871 FAR=172.31.250.1 ./record.sh [case…]
# Needs: $REGISTRY/base:1 (busybox for linux/amd64 and linux/arm64); registries on localhost that answer with one
# status to everything: 5801 → 401, 5803 → 403, 5829 → 429, 5850 → 500, 5857 → 507; on $FAR, an address that is not
# loopback, port 5843 speaks TLS with a self-signed certificate, 5844 with one that has expired, 5845 with one that is
# not yet valid, and 5880 plain HTTP; nothing listens on port 1; 5807 on loopback answers 407 to everything.
# CONTAINER: an image of BuildKit, in the engine; a builder of its own is made from it and removed during a build.
# BUILDKITD: daemons of its own are started, killed and filled. CLASSIC: an engine without the containerd store.
# FAULTY: FaultyRegistry.java, in front of $REGISTRY. EMULATED: a platform that an emulator runs.
# SMALL: a directory on a file system of 1 MB. FULL: attributes of a gha cache whose service has no room.
# OTHER: a platform that nothing here runs, and whose base image the machine's own platform is given instead.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
only=" $* "
kept=$here/keep.py

wanted() { [ "$only" = "  " ] || [[ $only == *" $1 "* ]]; }

# case, Dockerfile (printf format, empty: none), arguments of buildx build; context and progress are added
rec() {
    local name=$1 dockerfile=$2; shift 2
    wanted "$name" || return 0
    rm -rf "$work/context"; mkdir "$work/context"
    # shellcheck disable=SC2059
    [ -z "$dockerfile" ] || printf "$dockerfile" >"$work/context/Dockerfile"
    [ -z "${IGNORE:-}" ] || echo "$IGNORE" >"$work/context/.dockerignore"
    (cd "$work" && exec "$BUILDX" build --builder "${ON:-$BUILDER}" --progress rawjson "$@" "${CONTEXT:-context}") \
        >"$work/out" 2>"$work/err"
    keep "$name" $?
}

keep() { # case, exit status
    python3 "$kept" <"$work/err" >"$here/$1-$NAME.stderr"
    echo "$2" >"$here/$1-$NAME.exit"
    if [ "$2" = 0 ] && ! grep -q '"error":' "$here/$1-$NAME.stderr"; then rm "$here/$1-$NAME".*; fi # no trouble at all
    printf '%-28s exit %-4s %s\n' "$1" "$2" "$(tail -1 "$work/err" | cut -c1-160)"
}

F="FROM $REGISTRY/base:1\n"

# Dockerfile and input
rec step-failed "FROM $REGISTRY/base:1 AS test\nRUN echo hello; echo what went wrong >&2; exit 42\n" --platform linux/amd64 --target test
rec misleading-output "${F}RUN echo 'dial tcp: connection refused'; echo '401 Unauthorized'; echo 'no space left on device' >&2; echo 'ERROR: failed to push: 429 Too Many Requests'; exit 3\n"
rec command-not-found "${F}RUN nosuchcommand --help\n"
rec killed "${F}RUN sh -c 'kill -9 \$\$'; exit \$?\n"
rec tmpfs-full-in-step "${F}RUN --mount=type=tmpfs,target=/t,size=1m dd if=/dev/zero of=/t/big bs=1M count=3\n"
rec shm-full-in-step "${F}RUN dd if=/dev/zero of=/dev/shm/big bs=1M count=100\n"
rec segfault "${F}RUN sh -c 'kill -11 \$\$'; exit \$?\n"
rec syntax "${F}\nRUNN echo hi\n"
rec unknown-flag-of-run "${F}RUN --mont=type=cache true\n"
rec empty-dockerfile "# nothing\n"
rec base-name-blank "ARG BASE\nFROM \${BASE}\n"
rec heredoc-open "${F}RUN <<EOF\necho hi\n"
rec copy-source-missing "${F}COPY nofile /x\n"
rec copy-from-missing-stage "${F}COPY --from=nope /x /x\n"
rec target-missing "${F}" --target nope
rec no-dockerfile ""
rec no-dockerfile-named "${F}" -f other.Dockerfile
CONTEXT=missing rec no-context "${F}"
rec bad-tag "${F}" -t 'Upper/Case:1'
rec push-without-tag "${F}" --push
rec build-arg-unset "FROM scratch\nARG V\nCOPY \${V:?must be set} /\n"
rec bad-flag "${F}" --nonsense
rec bad-flag-value "${F}" --no-cache=maybe
rec unknown-platform "${F}" --platform nonsense
rec odd-platform "${F}RUN true\n" --platform linux/nonsense
rec bad-output "${F}" --output type=nonsense
rec bad-cache-type "${F}" --cache-to type=nonsense
rec secret-missing "${F}RUN --mount=type=secret,id=tok,required=true cat /run/secrets/tok\n"
rec secret-file-missing "${F}" --secret id=tok,src=/nonexistent/tok
rec ssh-missing "${F}RUN --mount=type=ssh,required=true true\n"
SSH_AUTH_SOCK='' rec ssh-agent-missing "${F}RUN --mount=type=ssh true\n" --ssh default
rec entitlement-not-given "${F}RUN --security=insecure true\n"
rec entitlement-refused "${F}RUN --security=insecure true\n" --allow security.insecure
rec entitlement-network "${F}RUN --network=host true\n"
rec entitlement-network-flag "${F}RUN true\n" --network host

IGNORE='[' rec dockerignore-invalid "${F}COPY . /x\n"
rec step-time-limit "${F}RUN echo tests; exit 124\n"

# base images and registries, reading
rec base-missing "FROM $REGISTRY/nothing:1\n"
rec base-for-platform-missing "${F}RUN true\n" --platform linux/s390x
rec no-emulator "${F}RUN echo hi\n" --platform linux/arm64 --no-cache
rec pull-refused "FROM localhost:1/pulled:1\n"
rec pull-no-such-host "FROM nowhere.invalid:5000/pulled:1\n"
rec pull-401 "FROM localhost:5801/pulled:1\n"
rec pull-403 "FROM localhost:5803/pulled:1\n"
rec pull-429 "FROM localhost:5829/pulled:1\n"
rec pull-500 "FROM localhost:5850/pulled:1\n"
rec pull-self-signed "FROM $FAR:5843/pulled:1\n"
rec pull-certificate-expired "FROM $FAR:5844/pulled:1\n"
rec push-certificate-early "${F}" -t $FAR:5845/a:1 --push
rec pull-hub-offline "FROM busybox:1\n"
rec frontend-missing "# syntax=$REGISTRY/nofrontend:1\n${F}"
rec frontend-offline "# syntax=docker/dockerfile:1\n${F}"
CONTEXT=http://localhost:5850/x.git rec git-context-500 ""
rec add-http-500 "FROM scratch\nADD http://localhost:5850/file /file\n"

# registries, writing
rec push-refused "${F}" --output type=image,name=localhost:1/a:1,push=true
rec push-no-such-host "${F}" -t nowhere.invalid:5000/a:1 --push
for s in 401:5801 403:5803 429:5829 500:5850 507:5857; do rec push-${s%:*} "${F}" -t localhost:${s#*:}/a:1 --push; done
rec push-https-to-http "${F}" -t $FAR:5880/a:1 --push
rec push-self-signed "${F}" -t $FAR:5843/a:1 --push
rec push-by-digest "${F}" --output type=image,name=$REGISTRY/a,push-by-digest=true,push=true
rec output-unwritable "${F}" --output type=local,dest=/proc/nope

if [ -n "${SMALL:-}" ]; then
    large="${F}RUN dd if=/dev/urandom of=/big bs=1M count=3\n"
    for type in local oci docker tar; do
        rec output-no-room-$type "$large" --output "type=$type,dest=$SMALL/result"
        rm -rf "${SMALL:?}"/*
    done
    rec cache-local-no-room "$large" --cache-to "type=local,dest=$SMALL/cache"
    dd if=/dev/zero of="$SMALL/full" bs=4k 2>"$work/out"
    rec cache-local-full "$large" --cache-to "type=local,dest=$SMALL/cache"
    rm -rf "${SMALL:?}"/*
fi
[ -z "${FULL:-}" ] || rec cache-gha-no-room "${F}RUN dd if=/dev/urandom of=/big bs=1M count=3\n" --cache-to "type=gha,$FULL,mode=max"

if [ -n "${FAULTY:-}" ]; then
    rec pull-hub "FROM $FAULTY/hub/a:1\n"
    rec pull-expired "FROM $FAULTY/expired/a:1\n"
    rec pull-drop "FROM $FAULTY/drop/a:1\n"
    for fault in hub expired drop no-oci immutable immutable-412 large; do
        rec push-$fault "${F}RUN true\n" -t "$FAULTY/$fault/a:$RANDOM" --push
    done
    rec push-no-index "${F}RUN true\n" -t "$FAULTY/no-index/a:1" --push --provenance=true
    rec push-503 "${F}RUN true\n" -t "$FAULTY/flaky-503-9/a:1" --push
    rec cache-export-gone "${F}RUN true\n" --cache-to "type=registry,ref=$FAULTY/drop/c:1"
    rec cache-export-no-oci "${F}RUN true\n" --cache-to "type=registry,ref=$FAULTY/no-oci/c:1"
fi

# caches
rec cache-export-500 "${F}RUN true\n" --cache-to type=registry,ref=localhost:5850/c:1
rec cache-export-401 "${F}RUN true\n" --cache-to type=registry,ref=localhost:5801/c:1
rec cache-export-500-ignored "${F}RUN true\n" --cache-to type=registry,ref=localhost:5850/c:1,ignore-error=true
rec cache-import-missing "${F}RUN true\n" --cache-from type=registry,ref=$REGISTRY/nocache:1
rec cache-import-refused "${F}RUN true\n" --cache-from type=registry,ref=localhost:1/c:1
rec cache-local-missing "${F}RUN true\n" --cache-from type=local,src=/nonexistent
rec cache-local-export "${F}RUN true\n" --cache-to type=local,dest=$work/cache
rec cache-gha-bad-token "${F}RUN true\n" --cache-to type=gha,url_v2=http://localhost:5850/,token=bad

if [ -n "${OTHER:-}" ]; then
    "$BUILDX" build --builder "$BUILDER" --platform "$OTHER" --provenance=false --push -t "$REGISTRY/other:1" - \
        <<<"FROM $REGISTRY/base:1" 2>"$work/err"
    rec base-of-another-platform "FROM $REGISTRY/other:1\nRUN echo hi\n"
    rec base-asked-for-another-platform "FROM --platform=$OTHER $REGISTRY/base:1\nRUN echo hi\n"
fi
if [ -n "${EMULATED:-}" ]; then
    rec emulator-crashed "${F}RUN sh -c 'kill -11 \$\$'; exit \$?\n" --platform "$EMULATED"
    rec emulated-step-failed "${F}RUN echo no; exit 4\n" --platform "$EMULATED"
fi

# builders
ON=default DOCKER_HOST=unix:///nonexistent.sock rec engine-unreachable "${F}"
ON=h-failure-nope rec builder-missing "${F}"
ON=h-failure-nowhere rec builder-unreachable "${F}"
rec two-platforms "${F}" --platform linux/amd64,linux/arm64
rec import-fails-then-step "${F}RUN exit 7\n" --cache-from type=registry,ref=localhost:1/c:1
rec parallel-stage-failed "FROM $REGISTRY/base:1 AS a\nRUN sleep 9\nFROM $REGISTRY/base:1 AS b\nRUN sleep 1; exit 5\nFROM scratch\nCOPY --from=a /bin/sh /a\nCOPY --from=b /bin/sh /b\n"
rec load-multi-platform "${F}" --load --platform linux/amd64,linux/arm64

if wanted cancelled; then
    rm -rf "$work/context"; mkdir "$work/context"
    printf "${F}RUN echo started; sleep 20\n" >"$work/context/Dockerfile"
    (cd "$work" && exec "$BUILDX" build --builder "$BUILDER" --no-cache --progress rawjson context) >"$work/out" 2>"$work/err" &
    pid=$!
    sleep 4; kill -INT $pid; wait $pid
    keep cancelled $?
fi

if [ -n "${CLASSIC:-}" ]; then
    export DOCKER_HOST=$CLASSIC
    rec classic-two-platforms "${F}" --platform linux/amd64,linux/arm64
    rec classic-cache-export "${F}" --cache-to type=local,dest=$work/cache
    rec classic-output-oci "${F}" --output type=oci,dest=$work/oci.tar
    rec classic-attestation "${F}" --attest type=sbom
fi

# case, what happens to the daemon while a step sleeps; the daemon's root is a small disk
with_own_daemon() {
    local name=$1 dockerfile=$2 daemon client
    wanted "$name" || return 0
    mkdir -p "$work/root" "$work/context"
    if [ -n "${BEFORE:-}" ]; then $BEFORE; else mount -t tmpfs -o size=24m own "$work/root"; fi
    printf '[worker.containerd]\nenabled = false\n[registry."%s"]\nhttp = true\n' "$REGISTRY" >"$work/own.toml"
    # shellcheck disable=SC2086
    env ${ENVIRONMENT:-} "$BUILDKITD" --root "$work/root" --addr "unix://$work/own.sock" \
        --config "$work/own.toml" ${FLAGS:-} 2>"$work/daemon" &
    daemon=$!
    "$BUILDX" create --name h-failure-own --driver remote "unix://$work/own.sock" >"$work/out"
    sleep 3
    # shellcheck disable=SC2059
    printf "$dockerfile" >"$work/context/Dockerfile"
    [ -z "${LARGE:-}" ] || dd if=/dev/urandom of="$work/context/large" bs=1M count="$LARGE" status=none
    # shellcheck disable=SC2086
    (cd "$work" && exec "$BUILDX" build --builder h-failure-own --progress rawjson ${ARGUMENTS:-} context) \
        >"$work/out" 2>"$work/err" &
    client=$!
    [ -z "${3:-}" ] || { sleep 4; kill "-$3" $daemon; }
    wait $client
    keep "$name" $?
    kill $daemon 2>"$work/out"; wait $daemon
    "$BUILDX" rm h-failure-own >"$work/out" 2>&1
    umount "$work/root" || umount -l "$work/root"
}

if [ -n "${BUILDKITD:-}" ]; then
    with_own_daemon daemon-killed "${F}RUN echo started; sleep 15\n" KILL
    LARGE=40 with_own_daemon context-too-large "${F}COPY . /x\n"
    ENVIRONMENT=HTTPS_PROXY=http://127.0.0.1:1 with_own_daemon proxy-refused "FROM registry.example/a:1\n"
    ENVIRONMENT=HTTPS_PROXY=http://127.0.0.1:5807 with_own_daemon proxy-407 "FROM registry.example/a:1\n"
    mkdir -p "$work/lower" "$work/upper" "$work/over"
    mount -t tmpfs -o size=24m over "$work/over"; mkdir "$work/over/upper" "$work/over/work"
    BEFORE="mount -t overlay overlay -o lowerdir=$work/lower,upperdir=$work/over/upper,workdir=$work/over/work $work/root" \
        FLAGS=--oci-worker-snapshotter=overlayfs with_own_daemon no-overlay "${F}RUN true\n"
    umount "$work/root" "$work/over"
    for type in local registry; do
        ARGUMENTS="--cache-to type=$type,mode=max,$([ $type = local ] && echo "dest=$work/cache" || echo "ref=$REGISTRY/c:1")" \
            with_own_daemon disk-full-in-cache-$type "${F}RUN dd if=/dev/urandom of=/big bs=1M count=11\n"
    done
    with_own_daemon disk-full-in-step "${F}RUN dd if=/dev/zero of=/big bs=1M count=40\n"
    with_own_daemon disk-full "FROM $REGISTRY/big:1\nCOPY --from=$REGISTRY/big:1 /big /big2\n"
fi

if [ -n "${CONTAINER:-}" ]; then
    "$BUILDX" create --name h-failure-container --driver docker-container --bootstrap \
        --driver-opt "image=$CONTAINER,network=host" >"$work/out"
    ON=h-failure-container NAME=container-buildx-${NAME##*-} rec builder-removed "${F}RUN echo started; sleep 25\n" &
    sleep 5; "$BUILDX" rm h-failure-container >"$work/out2"; wait
fi
