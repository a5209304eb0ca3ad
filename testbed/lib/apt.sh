# shellcheck shell=bash
# Debian packages, without a trace in the machine's own apt set-up: sources, pins and lists live in the cache.
# The archive's address and keyring are those that the machine already uses.

on_debian() { # is this a Debian machine with apt?
    [ -r /etc/os-release ] && command -v apt-get >/dev/null && (. /etc/os-release && [ "$ID" = debian ])
}

can_install() { on_debian && am_root; }

# One line of a sources.list for a suite of the archive that this machine already uses, trusted by the same keyring.
debian_source() { # suite [architectures]
    local codename uri entry keyring
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    # shellcheck disable=SC2016 # these are apt's
    read -r uri entry < <(apt-get indextargets --format '$(RELEASE) $(REPO_URI) $(SOURCESENTRY)' 'Created-By: Packages' |
        awk -v codename="$codename" '$1 == codename { print $2, $3; exit }')
    [ -n "${uri:-}" ] || { echo "no apt source for $codename" >&2; return 1; }
    keyring=$(grep -ioE 'signed-by[:=] *[^] ]+' "${entry%:*}" | sed 's/.*[:=] *//; q')
    [ -r "$keyring" ] || keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [${2:+arch=$2 }signed-by=$keyring] $uri $1 main"
}

# Installs the named packages from $DEBIAN_SUITE and what they depend on from the machine's own suite.
apt_install() { # packages...
    local dir=$CACHE/apt-install
    rm -rf "$dir"
    mkdir -p "$dir"/{sources,preferences,lists/partial}
    find /etc/apt/sources.list /etc/apt/sources.list.d -name '*.list' -o -name '*.sources' 2>/dev/null |
        while read -r file; do ln -s "$file" "$dir/sources/"; done
    debian_source "$DEBIAN_SUITE" >"$dir/sources/testbed.list" || return
    printf 'Package: *\nPin: release n=%s\nPin-Priority: 50\n\nPackage: %s\nPin: release n=%s\nPin-Priority: 600\n' \
        "$DEBIAN_SUITE" "$*" "$DEBIAN_SUITE" >"$dir/preferences/testbed"
    cat >"$dir/apt.conf" <<EOF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$dir/sources";
Dir::Etc::preferencesparts "$dir/preferences";
Dir::State::lists "$dir/lists";
Acquire::Languages "none";
APT::Sandbox::User "root";
DPkg::Lock::Timeout "600";
EOF
    quietly apt env APT_CONFIG="$dir/apt.conf" apt-get -q update &&
        quietly apt env APT_CONFIG="$dir/apt.conf" DEBIAN_FRONTEND=noninteractive \
            apt-get -qy --no-install-recommends install "$@"
    local status=$?
    rm -rf "$dir"
    return $status
}

# Installs packages of the machine's own suite, with its own set-up.
apt_install_own() { # packages...
    quietly apt apt-get -q update && quietly apt env DEBIAN_FRONTEND=noninteractive \
        apt-get -qy -o DPkg::Lock::Timeout=600 --no-install-recommends install "$@"
}

# Downloads one package for many architectures of a suite into a folder; needs no root and no dpkg architecture.
apt_download() { # folder suite package architectures...
    local folder=$1 suite=$2 package=$3 dir=$CACHE/apt-download
    shift 3
    rm -rf "$dir"
    mkdir -p "$folder" "$dir"/{sources,preferences,state/lists/partial,cache/archives/partial}
    : >"$dir/status"
    debian_source "$suite" "$(IFS=,; echo "$*")" >"$dir/sources/testbed.list" || return
    cat >"$dir/apt.conf" <<EOF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$dir/sources";
Dir::Etc::preferencesparts "$dir/preferences";
Dir::State "$dir/state";
Dir::State::status "$dir/status";
Dir::Cache "$dir/cache";
Acquire::Languages "none";
APT::Sandbox::User "$(id -un)";
APT::Architectures { $(printf '"%s"; ' "$@") };
EOF
    quietly apt env APT_CONFIG="$dir/apt.conf" apt-get -q update &&
        (cd "$folder" && quietly apt env APT_CONFIG="$dir/apt.conf" \
            apt-get -q download "${@/#/$package:}")
    local status=$?
    rm -rf "$dir"
    return $status
}
