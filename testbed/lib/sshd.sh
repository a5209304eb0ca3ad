# shellcheck shell=bash
# An SSH server for tests to start: unpacked and not installed, so that this machine opens no port by it.

SSHD=$CACHE/openssh-server/sshd

sshd_find() {
    command -v ssh >/dev/null || { lacks 'no ssh'; return; }
    [ -x "$SSHD" ] || { lacks 'no sshd'; return; }
    property sshd "$SSHD"
    detail "$("$SSHD" -V 2>&1 | grep -o 'OpenSSH_[^ ,]*' | head -n 1)"
}

sshd_make() {
    local folder=${SSHD%/*} package codename
    command -v ssh >/dev/null || { can_install && apt_install_own openssh-client; } ||
        { lacks "no ssh: install your distribution's package openssh-client"; return; }
    rm -rf "$folder" "$folder.debs"
    mkdir -p "$folder"
    if on_debian; then
        codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
        for package in openssh-server libwrap0; do # which nothing else needs
            apt_download "$folder.debs" "$codename" "$package" "$(dpkg --print-architecture)" || break
        done
        for package in "$folder.debs"/*.deb; do dpkg -x "$package" "$folder"; done
        # shellcheck disable=SC2016 # the script's own
        printf '#!/bin/sh\nhere=%q\nexport LD_LIBRARY_PATH=$(echo "$here"/usr/lib/*-linux-*)\nexec "$here/usr/sbin/sshd" "$@"\n' \
            "$folder" >"$SSHD"
    else
        printf '#!/bin/sh\nexec %q "$@"\n' "$(PATH=$PATH:/usr/sbin command -v sshd)" >"$SSHD"
    fi
    rm -rf "$folder.debs"
    chmod +x "$SSHD"
    [[ $("$SSHD" -V 2>&1) == *OpenSSH_* ]] && return # which older ones say beside that they do not know -V
    rm -f "$SSHD"
    lacks "no sshd that runs: install your distribution's package openssh-server"
}
