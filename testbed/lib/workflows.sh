# shellcheck shell=bash
# GitHub workflows without GitHub: act runs them on this machine, actionlint checks them, and the image that a builder
# boots when nobody names another stands in the engine, for a runner without internet cannot pull it.

ACT_VERSION=v0.2.87
ACTIONLINT_VERSION=v1.7.12
ACT=$CACHE/act-$ACT_VERSION/act
ACTIONLINT=$CACHE/actionlint-$ACTIONLINT_VERSION/actionlint
DEFAULT_IMAGE=moby/buildkit:buildx-stable-1

workflows_find() {
    [ -x "$ACT" ] || { lacks "no act $ACT_VERSION"; return; }
    [ -x "$ACTIONLINT" ] || { lacks "no actionlint $ACTIONLINT_VERSION"; return; }
    docker image inspect $DEFAULT_IMAGE >/dev/null 2>&1 || { lacks "no $DEFAULT_IMAGE in the engine"; return; }
    property act "$ACT"
    property actionlint "$ACTIONLINT"
    detail "act $ACT_VERSION, actionlint $ACTIONLINT_VERSION, $DEFAULT_IMAGE"
}

workflows_make() {
    needs buildkit.image || return
    [ -x "$ACT" ] || go_install "github.com/nektos/act@$ACT_VERSION" "${ACT%/*}" ||
        { lacks 'no Go 1.24 or newer to build act with'; return; }
    [ -x "$ACTIONLINT" ] || go_install "github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT_VERSION" "${ACTIONLINT%/*}" ||
        { lacks 'no Go 1.24 or newer to build actionlint with'; return; }
    workflows_default_image || { lacks "the engine refuses the name $DEFAULT_IMAGE for ${PROPERTIES[buildkit.image]}"; return; }
}

# The one that a person has pulled stays.
workflows_default_image() {
    docker image inspect $DEFAULT_IMAGE >/dev/null 2>&1 && return
    quietly docker docker tag "${PROPERTIES[buildkit.image]}" $DEFAULT_IMAGE && remember_image $DEFAULT_IMAGE
}
