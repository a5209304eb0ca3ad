package io.buildkitci.docker;

import java.util.Locale;
import java.util.Optional;

/** The product that an engine belongs to, told from what the engine says of itself: whatever the context is called. */
public enum EngineProduct {
    DOCKER("Docker", false, ""),
    DOCKER_DESKTOP(
            "Docker Desktop",
            true,
            "Settings, General, turn on \"Use containerd for pulling and storing images\", then Apply"),
    COLIMA(
            "Colima",
            true,
            "colima stop, then colima start --edit, with 'docker: {features: {containerd-snapshotter: true}}'"),
    RANCHER_DESKTOP(
            "Rancher Desktop",
            true,
            "write the features buildkit and containerd-snapshotter into /etc/docker/daemon.json of its virtual machine"
                    + " (rdctl shell), and restart it"),
    ORBSTACK("OrbStack", true, "Settings, Docker, add {\"features\": {\"containerd-snapshotter\": true}}, then Apply"),
    LIMA(
            "Lima",
            true,
            "write the features buildkit and containerd-snapshotter into the engine's daemon.json in its virtual machine"
                    + " (limactl shell), and restart it"),
    /** Speaks Docker's protocol and has no BuildKit. */
    PODMAN(
            "Podman",
            false,
            "make a builder of driver docker-container on it, or build without Docker: driver buildkitd");

    private final String title;
    private final boolean virtual;
    private final String settings;

    EngineProduct(String title, boolean virtual, String settings) {
        this.title = title;
        this.virtual = virtual;
        this.settings = settings;
    }

    /**
     * @param operatingSystem as the engine describes it: the products of Docker and OrbStack put their own names there
     * @param machine the name of its machine: Lima's virtual machines are called after what made them
     * @param licence of the engine; Podman's is the only one that is a free licence's name
     */
    static EngineProduct from(String operatingSystem, String machine, String licence) {
        String name = machine.toLowerCase(Locale.ROOT);
        if (licence.equals("Apache-2.0")) {
            return PODMAN;
        }
        if (operatingSystem.startsWith("Docker Desktop")) {
            return DOCKER_DESKTOP;
        }
        if (operatingSystem.startsWith("OrbStack")) {
            return ORBSTACK;
        }
        if (operatingSystem.startsWith("Rancher Desktop") || name.contains("rancher-desktop")) {
            return RANCHER_DESKTOP;
        }
        if (name.equals("colima") || name.startsWith("colima-")) {
            return COLIMA;
        }
        return name.startsWith("lima-") ? LIMA : DOCKER;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    /** How its people turn on the containerd image store; empty where a file of this machine decides. */
    public Optional<String> settings() {
        return Optional.of(settings).filter(text -> !text.isEmpty());
    }

    /** Whether it runs in a virtual machine, whose kernel and files are not this machine's. */
    public boolean isVirtual() {
        return virtual;
    }
}
