# shellcheck shell=bash
# A busybox root file system of each architecture, from the packages of Debian's ports.

ROOTFS=$CACHE/busybox-1

# Debian's architecture, and the platforms it serves as <architecture><variant>.
ROOTFS_PORTS='amd64    amd64
i386     386
arm64    arm64
armhf    armv7
armel    armv5 armv6
riscv64  riscv64
ppc64el  ppc64le
s390x    s390x
mips64el mips64le'

rootfs_make() {
    local port platforms platform busybox applets
    [ -d "$ROOTFS" ] && return
    on_debian || return
    rm -rf "$ROOTFS.part"
    applets=$("$(rootfs_busybox "$(dpkg --print-architecture)")" --list-full | grep /) || return
    while read -r port platforms; do
        busybox=$(rootfs_busybox "$port") || continue
        for platform in $platforms; do
            rootfs_assemble "$ROOTFS.part/$platform" "$busybox" "$applets"
        done
    done <<<"$ROOTFS_PORTS"
    find "$ROOTFS.part" -exec touch --no-dereference --date=@0 {} + # the same digest on every machine
    mv "$ROOTFS.part" "$ROOTFS" && rm -rf "$ROOTFS.debs"
}

# The path of one architecture's busybox, from the first suite that has it: ports come and go, mirrors lag.
rootfs_busybox() { # port
    local suite folder=$ROOTFS.debs/$1
    for suite in trixie forky bookworm; do
        ls "$folder"/*.deb >/dev/null 2>&1 || apt_download "$folder" $suite busybox-static "$1" 2>/dev/null || continue
        dpkg -x "$folder"/*.deb "$folder" && find "$folder" -path '*/bin/busybox' && return
    done
    echo "no busybox-static for $1" >&2
    return 1
}

rootfs_assemble() { # folder busybox applets
    local applet
    mkdir -p "$1"/{bin,etc,root,tmp,proc,sys,dev}
    chmod 1777 "$1/tmp"
    cp "$2" "$1/bin/busybox"
    for applet in $3; do
        mkdir -p "$1/${applet%/*}"
        [ -e "$1/$applet" ] || ln -sf /bin/busybox "$1/$applet"
    done
    printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$1/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$1/etc/group"
}
