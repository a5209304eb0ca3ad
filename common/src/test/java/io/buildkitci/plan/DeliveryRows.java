package io.buildkitci.plan;

import java.util.stream.Stream;

/** Where the result goes. */
final class DeliveryRows {
    private static final String BY_DIGEST = "type=image,name=r.example/app,push-by-digest=true,push=true";

    private DeliveryRows() {}

    private static String misnamed(String layout) {
        return "the index of the OCI layout in '" + layout
                + "' may name the image of another output, which is not in it; write it by a build of its own, or as an"
                + " archive (without tar=false)";
    }

    static Stream<Row> all() {
        return Stream.of(
                Row.of("push", "push", "true", "tags", "r.example/app:1").flags("--tag", "r.example/app:1", "--push"),
                Row.of("no push", "push", "false", "tags", "app").flags("--tag", "app"),
                Row.of("load", "load", "true").flags("--load"),
                Row.of("no load", "load", "FALSE"),
                Row.of("push and load", "push", "true", "load", "true", "tags", "app:1")
                        .flags("--tag", "app:1", "--push", "--load"),
                Row.of("files", "outputs", "type=local,dest=out")
                        .flags("--output", "type=local,dest=out/.buildkit-ci.fresh-run-7")
                        .staged("out/.buildkit-ci.fresh-run-7", "out")
                        .withoutImageId(),
                Row.of("files by their directory alone", "outputs", "out")
                        .flags("--output", "type=local,dest=out/.buildkit-ci.fresh-run-7")
                        .staged("out/.buildkit-ci.fresh-run-7", "out")
                        .withoutImageId(),
                Row.of("files in a directory with a comma", "outputs", "type=local,\"dest=a,b\"")
                        .flags("--output", "type=local,\"dest=a,b/.buildkit-ci.fresh-run-7\"")
                        .staged("a,b/.buildkit-ci.fresh-run-7", "a,b")
                        .withoutImageId(),
                Row.of(
                                "an archive of files beside a push",
                                "outputs",
                                "type=tar,dest=o.tar",
                                "push",
                                "true",
                                "tags",
                                "a")
                        .flags("--tag", "a", "--push", "--output", "type=tar,dest=.o.tar.fresh-run-7")
                        .staged(".o.tar.fresh-run-7", "o.tar")
                        .withoutImageId(),
                Row.of("an OCI layout", "outputs", "type=oci,dest=layout,tar=no".replace("no", "0"))
                        .flags("--output", "type=oci,dest=layout/.buildkit-ci.fresh-run-7,tar=false")
                        .layout("layout/.buildkit-ci.fresh-run-7", "layout"),
                Row.of(
                                "an OCI layout beside a push",
                                "outputs",
                                "type=oci,dest=layout,tar=false",
                                "push",
                                "true",
                                "tags",
                                "a")
                        .flags("--tag", "a", "--push", "--output", "type=oci,dest=layout,tar=false")
                        .note(misnamed("layout")),
                Row.of("an OCI layout beside another image", "outputs", "type=oci,dest=l,tar=false\ntype=image")
                        .flags("--output", "type=oci,dest=l,tar=false", "--output", "type=image")
                        .note(misnamed("l")),
                Row.of("an OCI layout beside files", "outputs", "type=oci,dest=l,tar=false\ntype=tar,dest=/dev/null")
                        .flags(
                                "--output",
                                "type=oci,dest=l/.buildkit-ci.fresh-run-7,tar=false",
                                "--output",
                                "type=tar,dest=/dev/null")
                        .layout("l/.buildkit-ci.fresh-run-7", "l")
                        .withoutImageId(),
                Row.of("two outputs", "outputs", "type=image\ntype=docker,dest=i.tar")
                        .flags("--output", "type=image", "--output", "type=docker,dest=.i.tar.fresh-run-7")
                        .staged(".i.tar.fresh-run-7", "i.tar"),
                Row.of("an archive in a folder", "outputs", "type=oci,dest=out/../a b/o.tar")
                        .flags("--output", "type=oci,dest=out/../a b/.o.tar.fresh-run-7")
                        .staged("out/../a b/.o.tar.fresh-run-7", "out/../a b/o.tar"),
                Row.of("files here", "outputs", ".")
                        .flags("--output", "type=local,dest=./.buildkit-ci.fresh-run-7")
                        .staged("./.buildkit-ci.fresh-run-7", ".")
                        .withoutImageId(),
                Row.of("what is no file of its own", "outputs", "type=tar,dest=/dev/stdout")
                        .flags("--output", "type=tar,dest=/dev/stdout")
                        .withoutImageId(),
                Row.of("files of which others go", "outputs", "type=local,dest=out,mode=delete")
                        .flags("--output", "type=local,dest=out,mode=delete")
                        .withoutImageId(),
                Row.of("a name of its own", "outputs", "type=image,\"name=a:1,a:2\",push=1")
                        .flags("--output", "type=image,\"name=a:1,a:2\",push=true"),
                Row.of("a push by digest", "outputs", BY_DIGEST)
                        .on(Machines.container())
                        .flags("--output", BY_DIGEST),
                Row.of("no result at all", "outputs", "type=cacheonly").flags("--output", "type=cacheonly"));
    }
}
