package io.buildkitci.plan;

import java.util.stream.Stream;

/** What steps may do and get. */
final class RunningRows {
    private RunningRows() {}

    static Stream<Row> all() {
        return Stream.of(
                Row.of("entitlements", "allow", "network.host,security.insecure")
                        .flags("--allow", "network.host", "--allow", "security.insecure"),
                Row.of("a device", "allow", "device=vendor.example/gpu=1")
                        .flags("--allow", "device=vendor.example/gpu=1"),
                Row.of("a network", "network", "none").flags("--network", "none"),
                Row.of("hosts, one of them the gateway", "add-hosts", "db:10.0.0.5, gw=host-gateway")
                        .flags("--add-host", "db:10.0.0.5", "--add-host", "gw:host-gateway"),
                Row.of("a host of several addresses", "add-hosts", "\"db=10.0.0.5,10.0.0.6\"")
                        .flags("--add-host", "db:10.0.0.5", "--add-host", "db:10.0.0.6"),
                Row.of("hosts of IPv6", "add-hosts", "a=::1,b:[fd00::2]")
                        .flags("--add-host", "a:::1", "--add-host", "b:[fd00::2]"),
                Row.of("limits", "ulimit", "nofile=1024:2048\nnproc=-1")
                        .flags("--ulimit", "nofile=1024:2048", "--ulimit", "nproc=-1"),
                Row.of("shared memory", "shm-size", "256m").flags("--shm-size", "256m"),
                Row.of("a cgroup", "cgroup-parent", "ci.slice").flags("--cgroup-parent", "ci.slice"),
                Row.of("a token is for a cache service only", "cache-token", "header.payload.signature"),
                Row.of("runs again are ours to make", "retries", "3"),
                Row.of("so are limits of time", "timeout", "45m", "inactivity-timeout", "2m"));
    }
}
