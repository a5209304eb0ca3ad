# shellcheck shell=bash
# The Docker Engine: the one that this machine already runs, or Debian's, installed and started.

DOCKER_SOCKET=/var/run/docker.sock
BRIDGE=/sys/class/net/docker0

engine_host() {
    if [ -n "${DOCKER_HOST:-}" ]; then
        echo "$DOCKER_HOST"
    elif [ -S $DOCKER_SOCKET ]; then
        echo "unix://$DOCKER_SOCKET"
    else # the person's current context, for engines that listen elsewhere
        env -u DOCKER_CONFIG docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null ||
            echo "unix://$DOCKER_SOCKET"
    fi
}

engine_answers() { timeout 10 docker --host "$(engine_host)" version --format '{{.Server.Version}}' 2>/dev/null; }

engine_find() {
    local host version store
    host=$(engine_host)
    version=$(engine_answers) || { lacks "no engine answers at $host"; return; }
    [ -e $BRIDGE ] || ! alive dockerd || { lacks "our engine lost its bridge: another dockerd removed it"; return; }
    store=$(timeout 10 docker --host "$host" info --format '{{.DriverStatus}}')
    [[ $store == *io.containerd.snapshotter* ]] && store=true || store=false
    property docker.host "$host"
    property docker.cli "$(command -v docker)"
    property docker.containerd "$store"
    export DOCKER_HOST=$host
    if [ "$store" = true ]; then
        detail "Docker $version at $host, containerd image store"
    else
        detail "Docker $version at $host, without the containerd image store: its driver builds one platform at a time"
    fi
}

engine_make() {
    ! engine_answers >/dev/null || { engine_bridge; return; }
    command -v dockerd >/dev/null || can_install ||
        { lacks 'no Docker Engine answers, and this is not a Debian machine with you as root'; return; }
    am_root || { lacks 'dockerd is installed but does not run, and only root can start it'; return; }
    engine_configure
    command -v dockerd >/dev/null ||
        apt_install docker.io docker-cli docker-buildx containerd qemu-user ||
        { lacks 'its packages did not install'; return; }
    engine_clear_leftovers
    if [ -d /run/systemd/system ]; then
        quietly dockerd systemctl start docker && touch "$STATE/run/docker.service"
    else
        start dockerd dockerd
    fi
    wait_for 30 engine_answers || { lacks "dockerd does not answer, see $STATE/log/dockerd.log"; return; }
}

# A dockerd with another --bridge deletes docker0 when it starts. Putting it back spares the running containers.
engine_bridge() {
    local network
    network=$(docker --host "$(engine_host)" network inspect bridge \
        --format '{{range .IPAM.Config}}{{.Gateway}} {{.Subnet}}{{end}}') || { lacks 'no network named bridge'; return; }
    { ip link add docker0 type bridge && ip address add "${network% *}/${network#*/}" dev docker0 &&
        ip link set docker0 up; } || lacks 'the bridge docker0 cannot be put back'
}

engine_configure() { # only where nobody has configured one
    [ -e /etc/docker/daemon.json ] && return
    mkdir -p /etc/docker
    echo '{"features":{"containerd-snapshotter":true}}' >/etc/docker/daemon.json
}

# After a kill -9 or a restored machine: a pid file whose number is now someone else's, sockets without a listener.
engine_clear_leftovers() {
    local own=/var/run/docker/containerd/containerd.pid
    is_still /var/run/docker.pid dockerd || rm -f /var/run/docker.pid
    is_still $own containerd || rm -f $own
    pgrep -x containerd >/dev/null || rm -f /run/containerd/containerd.sock
}

engine_end() {
    [ ! -e "$STATE/run/docker.service" ] || systemctl --quiet stop docker.socket docker.service
    stop dockerd
}
