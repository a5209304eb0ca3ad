package io.buildkitci.plan;

import java.util.stream.Stream;

/** What the result is called, and what it carries. */
final class NamingRows {
    private NamingRows() {}

    static Stream<Row> all() {
        return Stream.of(
                Row.of("a tag", "tags", "app").flags("--tag", "app"),
                Row.of("tags with commas and lines", "tags", "app:1, app:2\nlocalhost:5000/o/app\n")
                        .flags("--tag", "app:1", "--tag", "app:2", "--tag", "localhost:5000/o/app"),
                Row.of("a tag twice", "tags", "app:1,app:1").flags("--tag", "app:1"),
                Row.of("labels with commas, quotes and none", "labels", "a=1,2\nb=say \"x\"\nbare")
                        .flags("--label", "a=1,2", "--label", "b=say \"x\"", "--label", "bare="),
                Row.of("a label of two lines", "labels", "\"a=1\n2\"").flags("--label", "a=1\n2"),
                Row.of("annotations", "annotations", "a=1\nindex,manifest[linux/amd64]:b=x,y")
                        .flags("--annotation", "a=1", "--annotation", "index,manifest[linux/amd64]:b=x,y"),
                Row.of("provenance", "provenance", "true").flags("--provenance=true"),
                Row.of("provenance with a mode", "provenance", "mode=max").flags("--provenance=mode=max"),
                Row.of("no provenance", "provenance", "False").flags("--provenance=false"),
                Row.of("a bill of materials", "sbom", "TRUE").flags("--sbom=true"),
                Row.of("a bill of materials by a generator", "sbom", "generator=docker/scout")
                        .flags("--sbom=generator=docker/scout"),
                Row.of("both in one list", "attests", "type=sbom\ntype=provenance,mode=min")
                        .flags("--attest", "type=sbom", "--attest", "type=provenance,mode=min"),
                Row.of("an attestation turned off", "attests", "type=provenance,false")
                        .flags("--attest", "type=provenance,disabled=true"),
                Row.of("all of it", "tags", "app:1", "labels", "l=1", "annotations", "a=1", "sbom", "true")
                        .flags("--tag", "app:1", "--label", "l=1", "--annotation", "a=1", "--sbom=true"));
    }
}
