package io.buildkitci.plan;

import io.buildkitci.model.DaemonAddress;
import io.buildkitci.plan.Capabilities.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The same requests where buildctl is the client. */
final class BuildctlRows {
    private static final List<String> DAEMON = List.of("--addr", "unix:///run/ci.sock");
    private static final List<String> HERE = List.of(
            "--frontend",
            "dockerfile.v0",
            "--local",
            "context=.",
            "--local",
            "dockerfile=.",
            "--opt",
            "filename=Dockerfile");
    private static final List<String> ATTESTED = List.of("--opt", "attest:provenance=mode=min,inline-only=true");
    private static final String NOWHERE =
            "no output is asked for (push, load or outputs): the result stays in the cache of builder 'ci'";

    private BuildctlRows() {}

    static Stream<Row> all() {
        return Stream.of(sources(), delivery(), caching(), running()).flatMap(rows -> rows);
    }

    /** With what always stands before and after what a row is about. */
    private static Row row(String what, List<String> source, List<String> flags, String... inputs) {
        List<String> all = new ArrayList<>(DAEMON);
        all.add("build");
        all.addAll(source);
        all.addAll(flags);
        return Row.of("buildctl: " + what, inputs).on(Machines.daemon()).flags(all.toArray(String[]::new));
    }

    private static List<String> options(String... options) {
        List<String> flags = new ArrayList<>();
        for (String option : options) {
            flags.addAll(List.of("--opt", option));
        }
        return flags;
    }

    private static List<String> joined(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static Stream<Row> sources() {
        return Stream.of(
                row("nothing asked", HERE, ATTESTED).note(NOWHERE),
                row(
                                "a Dockerfile elsewhere and a stage",
                                List.of(
                                        "--frontend",
                                        "dockerfile.v0",
                                        "--local",
                                        "context=app",
                                        "--local",
                                        "dockerfile=docker"),
                                joined(
                                        options("filename=app.Dockerfile", "target=runtime"),
                                        ATTESTED.toArray(String[]::new)),
                                "context",
                                "app",
                                "file",
                                "docker/app.Dockerfile",
                                "target",
                                "runtime")
                        .note(NOWHERE),
                row(
                                "a repository, which brings its Dockerfile",
                                List.of("--frontend", "dockerfile.v0"),
                                joined(
                                        options(
                                                "context=https://git.example/app.git#main:sub",
                                                "filename=sub/Dockerfile"),
                                        ATTESTED.toArray(String[]::new)),
                                "context",
                                "https://git.example/app.git#main:sub",
                                "file",
                                "sub/Dockerfile")
                        .note(NOWHERE),
                row(
                                "a repository by SSH, with the caller's agent",
                                List.of("--frontend", "dockerfile.v0"),
                                joined(
                                        joined(
                                                options("context=git@git.example:app.git", "filename=Dockerfile"),
                                                ATTESTED.toArray(String[]::new)),
                                        "--ssh",
                                        "default"),
                                "context",
                                "git@git.example:app.git")
                        .note(NOWHERE),
                row(
                                "further contexts: a directory, an image, a layout",
                                List.of(
                                        "--frontend",
                                        "dockerfile.v0",
                                        "--local",
                                        "context=.",
                                        "--local",
                                        "dockerfile=.",
                                        "--local",
                                        "lib=lib dir",
                                        "--oci-layout",
                                        "layout0=cache/in"),
                                joined(
                                        options(
                                                "filename=Dockerfile",
                                                "frontend.caps=moby.buildkit.frontend.contexts+forward",
                                                "context:lib=local:lib",
                                                "context:base=docker-image://alpine:3.22",
                                                "context:old=oci-layout://layout0@sha256:" + "a".repeat(64)),
                                        ATTESTED.toArray(String[]::new)),
                                "build-contexts",
                                "lib=lib dir\nbase=docker-image://alpine:3.22\nold=oci-layout://cache/in:1@sha256:"
                                        + "a".repeat(64))
                        .note(NOWHERE),
                row(
                                "arguments, labels and a frontend of one's own",
                                joined(
                                        List.of("--frontend", "gateway.v0"),
                                        HERE.subList(2, 8).toArray(String[]::new)),
                                joined(
                                        options(
                                                "source=docker/dockerfile:1",
                                                "cmdline=docker/dockerfile:1 x",
                                                "build-arg:A=1",
                                                "build-arg:BUILDKIT_SYNTAX=docker/dockerfile:1 x",
                                                "label:l=a=b"),
                                        ATTESTED.toArray(String[]::new)),
                                "build-args",
                                "A=1\nBUILDKIT_SYNTAX=docker/dockerfile:1 x",
                                "labels",
                                "l=a=b")
                        .note(NOWHERE),
                row(
                        "what the Dockerfile's stages are",
                        HERE,
                        joined(
                                options(
                                        "requestid=frontend.targets",
                                        "frontend.caps=moby.buildkit.frontend.subrequests+forward"),
                                ATTESTED.toArray(String[]::new)),
                        "call",
                        "targets"),
                Row.of("buildctl: a daemon with certificates, a context in a repository", "driver", "buildkitd")
                        .on(Machines.daemon(
                                new DaemonAddress(
                                        "tcp://b.example:1234",
                                        new DaemonAddress.Tls(
                                                Optional.of("/ca.pem"),
                                                Optional.of("/cert.pem"),
                                                Optional.of("/key.pem"),
                                                Optional.of("b"))),
                                Optional.of(new Repository(
                                        Optional.of("0123abc"),
                                        Optional.of("https://git.example/app.git"),
                                        Map.of(".", "sub/dir")))))
                        .flags(Stream.of(
                                        List.of(
                                                "--addr",
                                                "tcp://b.example:1234",
                                                "--tlscacert",
                                                "/ca.pem",
                                                "--tlscert",
                                                "/cert.pem",
                                                "--tlskey",
                                                "/key.pem",
                                                "--tlsservername",
                                                "b",
                                                "build"),
                                        HERE,
                                        ATTESTED,
                                        options(
                                                "vcs:revision=0123abc",
                                                "vcs:source=https://git.example/app.git",
                                                "vcs:localdir:context=sub/dir",
                                                "vcs:localdir:dockerfile=sub/dir"))
                                .flatMap(List::stream)
                                .toArray(String[]::new))
                        .note(NOWHERE));
    }

    private static Stream<Row> delivery() {
        return Stream.of(
                row(
                        "pushes two tags for two platforms",
                        HERE,
                        joined(
                                joined(options("platform=linux/amd64,linux/386"), ATTESTED.toArray(String[]::new)),
                                "--output",
                                "type=image,push=true,unpack=false,\"name=r.example/app:1,r.example/app:2\""),
                        "platforms",
                        "amd64,386",
                        "tags",
                        "r.example/app:1,r.example/app:2",
                        "push",
                        "true"),
                row(
                                "pushes by digest, and writes files beside",
                                HERE,
                                joined(
                                        ATTESTED,
                                        "--output",
                                        "type=image,name=r.example/app,push-by-digest=true,push=true,unpack=false",
                                        "--output",
                                        "type=local,dest=out/.buildkit-ci.fresh-run-7"),
                                "outputs",
                                "type=image,name=r.example/app,push-by-digest=true\ntype=local,dest=out",
                                "push",
                                "true")
                        .staged("out/.buildkit-ci.fresh-run-7", "out"),
                row(
                                "an archive with the tags' names, annotated",
                                HERE,
                                joined(
                                        ATTESTED,
                                        "--output",
                                        "type=oci,dest=.o.tar.fresh-run-7,name=r.example/app:1,annotation.a=1,annotation-index.b=2,"
                                                + "annotation-manifest[linux/amd64].b=2"),
                                "outputs",
                                "type=oci,dest=o.tar",
                                "tags",
                                "r.example/app:1",
                                "annotations",
                                "a=1\nindex[linux/386],manifest[linux/amd64]:b=2")
                        .staged(".o.tar.fresh-run-7", "o.tar"),
                row("keeps nothing", HERE, ATTESTED, "outputs", "type=cacheonly"),
                row(
                                "attests all there is",
                                HERE,
                                options("attest:provenance=type=provenance,mode=max", "attest:sbom=type=sbom"),
                                "provenance",
                                "mode=max",
                                "sbom",
                                "true")
                        .note(NOWHERE),
                row("attests nothing", HERE, List.of(), "provenance", "false").note(NOWHERE),
                row(
                                "attests what a list says",
                                HERE,
                                options("attest:sbom=type=sbom,generator=r.example/g:1"),
                                "attests",
                                "type=provenance,disabled=true\ntype=sbom,generator=r.example/g:1")
                        .note(NOWHERE));
    }

    private static Stream<Row> caching() {
        return Stream.of(
                row(
                                "caches of two kinds",
                                HERE,
                                joined(
                                        ATTESTED,
                                        "--import-cache",
                                        "type=registry,ref=r.example/c",
                                        "--import-cache",
                                        "type=local,src=c",
                                        "--export-cache",
                                        "type=registry,ref=r.example/c,mode=max",
                                        "--export-cache",
                                        "type=inline"),
                                "cache-from",
                                "type=registry,ref=r.example/c\ntype=local,src=c",
                                "cache-to",
                                "type=registry,ref=r.example/c,mode=max\ntype=inline")
                        .note(NOWHERE),
                row(
                                "no cache, no old base image",
                                HERE,
                                joined(joined(ATTESTED, "--opt", "image-resolve-mode=pull"), "--no-cache"),
                                "no-cache",
                                "true",
                                "pull",
                                "true")
                        .note(NOWHERE),
                row(
                                "no cache for some stages",
                                HERE,
                                joined(ATTESTED, "--opt", "no-cache=test,lint"),
                                "no-cache-filters",
                                "test,lint")
                        .note(NOWHERE));
    }

    private static Stream<Row> running() {
        return Stream.of(
                row(
                                "a secret of a value and an agent",
                                HERE,
                                joined(ATTESTED, "--secret", "id=npm,env=BUILDKIT_CI_SECRET_0", "--ssh", "default"),
                                "secrets",
                                "npm=hunter2hunter2",
                                "ssh",
                                "default")
                        .variable("BUILDKIT_CI_SECRET_0", "hunter2hunter2")
                        .note(NOWHERE),
                row(
                                "the host's network, hosts, limits, memory, a cgroup",
                                HERE,
                                joined(
                                        joined(
                                                ATTESTED,
                                                options(
                                                                "force-network-mode=host",
                                                                "add-hosts=db=10.0.0.5,db=10.0.0.6,v6=fd00::2",
                                                                "ulimit=nofile=1024:2048,nproc=5:5",
                                                                "shm-size=268435456",
                                                                "cgroup-parent=ci.slice")
                                                        .toArray(String[]::new)),
                                        "--allow",
                                        "security.insecure",
                                        "--allow",
                                        "network.host"),
                                "network",
                                "host",
                                "allow",
                                "security.insecure",
                                "add-hosts",
                                "\"db=10.0.0.5,10.0.0.6\",v6:[fd00::2]",
                                "ulimit",
                                "nofile=1024:2048\nnproc=5",
                                "shm-size",
                                "256m",
                                "cgroup-parent",
                                "ci.slice")
                        .note(NOWHERE),
                row("asked for by name", HERE, ATTESTED, "client", "buildctl", "builder", "ci")
                        .note(NOWHERE));
    }
}
