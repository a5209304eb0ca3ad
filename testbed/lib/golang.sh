# shellcheck shell=bash
# Go programs, compiled from released modules into the cache.

have_go() { # a Go that compiles what we need?
    local version
    version=$(go env GOVERSION 2>/dev/null) || return
    printf '%s\n' "$GO_NEEDED" "${version#go}" | sort -CV
}

# Builds ./cmd/<name> of a module inside the module itself: `go install` refuses a go.mod with exclude directives.
go_build() { # module version folder names...
    local module=$1 version=$2 folder=$3 source
    shift 3
    quietly go go mod download "$module@$version" || return
    source=$(cd / && go list -m -f '{{.Dir}}' "$module@$version") || return
    rm -rf "$folder.part"
    mkdir -p "$folder.part"
    (cd "$source" && CGO_ENABLED=0 quietly go go build -mod=readonly -buildvcs=false -trimpath \
        -tags 'osusergo netgo static_build' -ldflags "-s -w -X $module/version.Version=$version" \
        -o "$folder.part/" "${@/#/./cmd/}") && rm -rf "$folder" && mv "$folder.part" "$folder"
}

# Installs a program from a released module into a folder of its own.
go_install() { # package@version folder
    rm -rf "$2.part"
    (cd / && CGO_ENABLED=0 GOFLAGS='' GOBIN=$2.part quietly go go install -trimpath "$1") &&
        rm -rf "$2" && mv "$2.part" "$2"
}
