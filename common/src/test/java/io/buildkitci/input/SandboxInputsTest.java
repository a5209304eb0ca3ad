package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuildRequest.Sandbox;
import io.buildkitci.model.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxInputsTest {
    @Test
    void readsWhatStepsMayDo() {
        Sandbox sandbox = BuildCheck.given(
                        "allow", "network.host,security.insecure,device=nvidia.com/gpu",
                        "network", "none",
                        "ulimit", "nofile=1024:2048\nnproc=-1\ncore=0",
                        "shm-size", "1.5GiB",
                        "cgroup-parent", "ci.slice")
                .valid()
                .sandbox();

        assertThat(sandbox.allow()).containsExactly("network.host", "security.insecure", "device=nvidia.com/gpu");
        assertThat(sandbox.network()).contains("none");
        assertThat(sandbox.ulimits()).containsExactly("nofile=1024:2048", "nproc=-1", "core=0");
        assertThat(sandbox.shmSize()).contains("1.5GiB");
        assertThat(sandbox.cgroupParent()).contains("ci.slice");
    }

    @ParameterizedTest
    @CsvSource({
        "db:10.0.0.1, db, 10.0.0.1",
        "db=10.0.0.1, db, 10.0.0.1",
        "db:::1, db, ::1",
        "db=[fe80::1], db, [fe80::1]",
        "db:::ffff:10.0.0.1, db, ::ffff:10.0.0.1",
        "host.docker.internal:host-gateway, host.docker.internal, host-gateway",
    })
    void readsAHost(String text, String name, String address) {
        assertThat(BuildCheck.given("add-hosts", text).valid().sandbox().addHosts())
                .containsExactly(new Setting(name, address));
    }

    @Test
    void aHostMayHaveSeveralAddresses() {
        assertThat(BuildCheck.given("add-hosts", "\"db=10.0.0.1,10.0.0.2\"")
                        .valid()
                        .sandbox()
                        .addHosts())
                .containsExactly(new Setting("db", "10.0.0.1,10.0.0.2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db",
                ":10.0.0.1",
                "db:",
                "db:localhost",
                "db:10.0.0",
                "db:10.0.0.256",
                "db:1",
                "db=:::1",
                "db=fe80::1%eth0",
                "db=[10.0.0.1"
            })
    void refusesAHostWithoutAnAddress(String text) {
        assertThat(BuildCheck.given("add-hosts", text).problem()).startsWith("--add-hosts: '" + text + "': ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow | network-host | did you mean 'network.host'?",
                "allow | everything | accepted are network.host, security.insecure",
                "network | bridge | driver-opts network=<name>",
                "ulimit | nofile | nofile=1024:2048",
                "ulimit | files=1 | type=soft[:hard]",
                "ulimit | nofile=2:1 | above the hard limit",
                "ulimit | nofile=-1:10 | above the hard limit",
                "ulimit | nofile=-2 | type=soft[:hard]",
                "shm-size | big | write a number",
                "shm-size | -1m | write a number",
                "shm-size | 64x | write a number",
            })
    void refusesWhatNoBuildTakes(String input, String text, String why) {
        assertThat(BuildCheck.given(input, text).problem()).contains("--" + input + ": '" + text + "'", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "64", "64b", "64k", "64KB", "64m", "2g", "1.5g", "1 GiB"})
    void acceptsSizesAsDockerWritesThem(String size) {
        assertThat(BuildCheck.given("shm-size", size).valid().sandbox().shmSize())
                .contains(size);
    }
}
