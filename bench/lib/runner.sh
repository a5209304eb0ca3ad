# To be sourced. Runs our actions as the runner of GitHub Actions does: node on main and post, with the files, variables
# and saved state of one step. Wants $work, and this repository as working directory.

runner=$work/runner
tools=$runner/tools
mkdir -p "$tools" "$runner/temp"

# What a runner that stays sets: class archives are made in its tool cache after the first step and used from then on.
with_runner() {
    env GITHUB_ACTIONS=true CI=true GITHUB_REPOSITORY=o/r GITHUB_REPOSITORY_OWNER=o GITHUB_WORKFLOW=bench GITHUB_JOB=bench \
        GITHUB_SERVER_URL=https://github.example GITHUB_API_URL=https://github.example/api/v3 GITHUB_RUN_ID=1 \
        GITHUB_RUN_ATTEMPT=1 GITHUB_RUN_NUMBER=1 GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main GITHUB_REF_NAME=main \
        GITHUB_REF_TYPE=branch GITHUB_SHA=0123456789012345678901234567890123456789 GITHUB_WORKSPACE="$PWD" \
        GITHUB_OUTPUT="$runner/output" GITHUB_STATE="$runner/state" GITHUB_ENV="$runner/env" GITHUB_PATH="$runner/path" \
        GITHUB_STEP_SUMMARY="$runner/summary" RUNNER_TEMP="$runner/temp" RUNNER_OS=Linux RUNNER_ARCH=X64 \
        RUNNER_ENVIRONMENT=self-hosted RUNNER_TOOL_CACHE="$tools" PATH="$(dirname "$TESTBED_DOCKER_CLI"):$PATH" "$@"
}

# Variables of the state that main saved: K=V, or K<<D with the value's lines until D.
saved() {
    local line name end value
    state=()
    while IFS= read -r line; do
        if [[ $line =~ ^([^=]+)\<\<(.+)$ ]]; then
            name=${BASH_REMATCH[1]} end=${BASH_REMATCH[2]} value=
            while IFS= read -r line && [ "$line" != "$end" ]; do value+=${value:+$'\n'}$line; done
            state+=("STATE_$name=$value")
        else
            state+=("STATE_$line")
        fi
    done < "$runner/state"
}

# <name=value>... : inputs, by the names in action.yml, then further variables after --
action() {
    local input given=()
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        input=${1%%=*}
        given+=("INPUT_${input^^}=${1#*=}")
        shift
    done
    [ $# -eq 0 ] || shift
    for file in output state env path summary; do : > "$runner/$file"; done
    with_runner "${given[@]}" "$@" node dist/main.cjs
    saved
    with_runner "${given[@]}" "${state[@]}" "$@" node dist/post.cjs
}
