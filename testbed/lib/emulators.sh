# shellcheck shell=bash
# Static QEMU binaries. They are only brought here: registering them in the kernel is the product's work.

EMULATORS=$CACHE/qemu-user-$DEBIAN_SUITE/usr/bin
BINFMT=/proc/sys/fs/binfmt_misc
BINFMT_IMAGE=$HUB/tonistiigi/binfmt:latest

emulators_folder() {
    local folder
    for folder in /usr/bin "$EMULATORS"; do
        [ -x "$folder/qemu-aarch64" ] && is_static "$folder/qemu-aarch64" && echo "$folder" && return
    done
    return 1
}

is_static() { ! ldd "$1" 2>/dev/null | grep -q '=>'; }

emulators_find() {
    local folder
    folder=$(emulators_folder) || { lacks 'no static qemu-aarch64 and its like'; return; }
    property qemu.dir "$folder"
    detail "in $folder; registered in the kernel: $(emulators_registered)"
}

emulators_registered() {
    local entry names=
    [ -e $BINFMT/register ] || { echo 'unknown, binfmt_misc is not mounted'; return; }
    for entry in "$BINFMT"/qemu-*; do
        [ -e "$entry" ] && names+="${entry##*/qemu-} "
    done
    echo "${names:-none}"
}

emulators_make() {
    if on_debian; then
        apt_download "$EMULATORS.debs" "$DEBIAN_SUITE" qemu-user "$(dpkg --print-architecture)" &&
            dpkg -x "$EMULATORS.debs"/*.deb "$CACHE/qemu-user-$DEBIAN_SUITE" && rm -rf "$EMULATORS.debs"
    else
        emulators_from_image
    fi || { lacks "neither Debian's qemu-user nor the image $BINFMT_IMAGE"; return; }
}

emulators_from_image() {
    local arch
    for arch in aarch64 arm riscv64 ppc64le s390x mips64el; do
        copy_from_image $BINFMT_IMAGE "/usr/bin/qemu-$arch" "$EMULATORS/qemu-$arch" || return
    done
}

# Integration tests read and write the kernel's list, which a bare machine has not mounted.
mount_binfmt() {
    [ -e $BINFMT/register ] || ! am_root || quietly mount mount -t binfmt_misc binfmt_misc $BINFMT
}
