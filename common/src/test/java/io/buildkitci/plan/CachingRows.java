package io.buildkitci.plan;

import java.util.stream.Stream;

/** What is taken from and put into caches. */
final class CachingRows {
    private static final String APP = "r.example/app:1";
    private static final String MAX = ",mode=max,ignore-error=true";

    private CachingRows() {}

    static Stream<Row> all() {
        return Stream.concat(written(), shorthands());
    }

    private static Stream<Row> written() {
        return Stream.of(
                Row.of("no cache", "no-cache", "true").flags("--no-cache"),
                Row.of("no cache for some stages", "no-cache-filters", "test, lint")
                        .flags("--no-cache-filter", "test", "--no-cache-filter", "lint"),
                Row.of("base images looked up again", "pull", "true").flags("--pull"),
                Row.of("caches to read, one by its reference alone", "cache-from", "r.example/c\ntype=gha,scope=x")
                        .flags("--cache-from", "type=registry,ref=r.example/c", "--cache-from", "type=gha,scope=x"),
                Row.of("a cache in a registry", "cache-to", "type=registry,ref=r.example/c,mode=max")
                        .flags("--cache-to", "type=registry,ref=r.example/c,mode=max"),
                Row.of("an inline cache", "cache-to", "type=inline").flags("--cache-to", "type=inline"),
                Row.of("a bucket", "cache-from", "type=s3,region=eu,bucket=b,name=x")
                        .flags("--cache-from", "type=s3,region=eu,bucket=b,name=x")
                        .on(Machines.container())
                        .note(
                                "no output is asked for (push, load or outputs): the result stays in the cache of builder 'ci'"),
                Row.of("an Azure container", "cache-to", "type=azblob,account_url=https://a.example,name=x")
                        .flags("--cache-to", "type=azblob,account_url=https://a.example,name=x")
                        .on(Machines.container())
                        .note(
                                "no output is asked for (push, load or outputs): the result stays in the cache of builder 'ci'"),
                Row.of("a person's own directory is added to", "cache-to", "type=local,dest=cache/out")
                        .flags("--cache-to", "type=local,dest=cache/out/.buildkit-ci.fresh-run-7")
                        .added("cache/out/.buildkit-ci.fresh-run-7", "cache/out"),
                Row.of("a directory that the client tidies up", "cache-to", "type=local,dest=c,reset=true")
                        .flags("--cache-to", "type=local,dest=c,reset=true"),
                Row.of("a cache beside a check", "cache-to", "type=local,dest=c", "call", "check")
                        .flags("--call", "check,format=json", "--cache-to", "type=local,dest=c"),
                Row.of(
                                "both sides in a directory",
                                "cache-from",
                                "type=local,src=cache/in",
                                "cache-to",
                                "type=local,dest=c")
                        .flags(
                                "--cache-from",
                                "type=local,src=cache/in",
                                "--cache-to",
                                "type=local,dest=c/.buildkit-ci.fresh-run-7")
                        .added("c/.buildkit-ci.fresh-run-7", "c"),
                Row.of("a directory with a comma", "cache-to", "type=local,\"dest=a,b\"")
                        .flags("--cache-to", "type=local,\"dest=a,b/.buildkit-ci.fresh-run-7\"")
                        .added("a,b/.buildkit-ci.fresh-run-7", "a,b"));
    }

    private static Stream<Row> shorthands() {
        return Stream.of(
                Row.of("cache: none", "cache", "none"),
                Row.of("cache: inline", "cache", "inline", "tags", APP, "push", "true")
                        .flags(
                                "--tag",
                                APP,
                                "--push",
                                "--cache-from",
                                "type=registry,ref=" + APP,
                                "--cache-to",
                                "type=inline"),
                Row.of(
                                "cache: registry, of a branch into another",
                                Asked.of("cache", "registry", "tags", APP)
                                        .onBranch("topic")
                                        .into("main"))
                        .flags(
                                "--tag",
                                APP,
                                "--cache-from",
                                "type=registry,ref=r.example/app:buildcache-native-topic",
                                "--cache-from",
                                "type=registry,ref=r.example/app:buildcache-native-main",
                                "--cache-to",
                                "type=registry,ref=r.example/app:buildcache-native-topic" + MAX
                                        + ",image-manifest=true"),
                Row.of("cache: registry=…, taken as it is", "cache", "registry=r.example/c:x")
                        .flags(
                                "--cache-from",
                                "type=registry,ref=r.example/c:x",
                                "--cache-to",
                                "type=registry,ref=r.example/c:x" + MAX + ",image-manifest=true"),
                Row.of(
                                "cache: gha",
                                Asked.of("cache", "gha", "tags", APP, "platforms", "amd64")
                                        .onBranch("main"))
                        .flags(
                                "--platform",
                                "linux/amd64",
                                "--tag",
                                APP,
                                "--cache-from",
                                "type=gha,scope=r.example/app@amd64-main",
                                "--cache-to",
                                "type=gha,scope=r.example/app@amd64-main" + MAX),
                local("cache: local", "local", ".buildkit-cache/native", ".buildkit-cache/.native.fresh-run-7"),
                local("cache: local in a directory", "local=c/d", "c/d/native", "c/d/.native.fresh-run-7"),
                local("cache: local, absolute", "local=/var/c", "/var/c/native", "/var/c/.native.fresh-run-7"),
                local("cache: local with slashes at the end", "local=c//", "c/native", "c/.native.fresh-run-7"),
                Row.of(
                                "cache: local of a branch, for an image",
                                Asked.of("cache", "local", "tags", "app").onBranch("main"))
                        .flags(
                                "--tag",
                                "app",
                                "--cache-from",
                                "type=local,src=.buildkit-cache/app/native-main",
                                "--cache-to",
                                "type=local,dest=.buildkit-cache/app/.native-main.fresh-run-7" + MAX)
                        .swap(".buildkit-cache/app/.native-main.fresh-run-7", ".buildkit-cache/app/native-main"));
    }

    private static Row local(String what, String cache, String target, String fresh) {
        return Row.of(what, "cache", cache)
                .flags("--cache-from", "type=local,src=" + target, "--cache-to", "type=local,dest=" + fresh + MAX)
                .swap(fresh, target);
    }
}
