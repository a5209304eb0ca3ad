# shellcheck shell=bash
# Small things that Bash has no word for: quiet commands, background processes, ports, HTTP.

am_root() { [ "$(id -u)" = 0 ]; }

# Runs a command with its output in <state>/log/<name>.log; shows the end of it when the command fails.
quietly() { # name command...
    local log=$STATE/log/$1.log
    shift
    "$@" >>"$log" 2>&1 && return
    local status=$?
    echo "failed ($status): $*; from $log:" >&2
    tail -n 20 "$log" >&2
    return $status
}

# Starts a daemon that outlives this script. Its name is a word of its command line.
start() { # name command...
    local name=$1
    shift
    setsid "$@" >>"$STATE/log/$name.log" 2>&1 </dev/null 9>&- &
    echo $! >"$STATE/run/$name.pid"
}

# Is the process that `start` remembers alive, and still that process and not another with its number?
alive() { is_still "$STATE/run/$1.pid" "$1"; } # name

stop() { # name
    local pid
    if alive "$1"; then
        pid=$(cat "$STATE/run/$1.pid")
        kill "$pid" 2>/dev/null
        wait_for 20 is_gone "$1" || kill -9 "$pid" 2>/dev/null
    fi
    rm -f "$STATE/run/$1.pid"
}

# Does a pid file name a living process with this word in its command line? One that nobody reaped is dead.
is_still() { # pid-file name
    local pid
    pid=$(cat "$1" 2>/dev/null) && ps -o stat=,args= -p "$pid" 2>/dev/null | grep -v '^Z' | grep -q "$2"
}

is_gone() { ! is_still "$STATE/run/$1.pid" "$1"; }

wait_for() { # seconds command...
    local tries=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $((tries -= 1)) -gt 0 ] || return
        sleep 0.1
    done
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The port that this part had before, or the first free one from the given number on; remembered.
choose_port() { # name first
    local port
    port=$(cat "$STATE/$1.port" 2>/dev/null || echo "$2")
    while port_taken "$port"; do port=$((port + 1)); done
    echo "$port" >"$STATE/$1.port"
}

port_of() { cat "$STATE/$1.port" 2>/dev/null; }

# Does a server on loopback answer 200?
http_ok() { # port path
    local status
    {
        exec 3<>"/dev/tcp/127.0.0.1/$1" || return
    } 2>/dev/null
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nAccept: application/vnd.oci.image.index.v1+json, %s\r\n\r\n' "$2" \
        application/vnd.docker.distribution.manifest.list.v2+json >&3
    read -r -t 5 status <&3
    exec 3>&-
    [[ ${status:-} == *' 200 '* ]]
}
