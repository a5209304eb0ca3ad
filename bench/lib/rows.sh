# To be sourced. Measures rows side by side in one run: a row is a function row_<name>, with before_<name> and
# after_<name> around it that are not measured, where they exist. Wants $work, a directory.

declare -A names=()

quietly() { "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }; }
around() { ! declare -F "$1" > /dev/null || quietly "$1"; }

once() { # <row>
    around "before_$1"
    local begin
    begin=$(date +%s%N)
    quietly "row_$1"
    echo $((($(date +%s%N) - begin) / 1000)) > "$work/last.us"
    around "after_$1"
}

measure() { # <rounds> <row>...
    local rounds=$1 row i
    shift
    for row in "$@"; do once "$row"; done
    # alternating, so that what else the machine does falls on all of them
    for ((i = 0; i < rounds; i++)); do
        for row in "$@"; do
            once "$row"
            cat "$work/last.us" >> "$work/$row.us"
        done
    done
}

median() { # <row>
    sort -n "$work/$1.us" |
        awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) / 1000 }'
}

table() { # <heading> <row>...: medians, and ratios to the first row
    local row first=$2
    printf '%-32s %8s %8s   (%s)\n' "" ms ratio "$1"
    shift
    for row in "$@"; do
        awk -v n="${names[$row]}" -v m="$(median "$row")" -v b="$(median "$first")" \
            'BEGIN { printf "%-32s %8.0f %8.2f\n", n, m, m / b }'
    done
}
