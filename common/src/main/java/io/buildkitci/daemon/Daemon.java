package io.buildkitci.daemon;

import io.buildkitci.builder.BuilderJob;
import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.DaemonAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A builder that is a buildkitd without Docker, as it is remembered in {@code daemon.json}.
 *
 * @param process that runs it; empty for one that somebody else runs
 * @param rootless whether it runs in a user namespace
 * @param temporary whether it goes with the process that made it
 * @param maker process that is making it, or that it goes with; empty once one that stays was made
 * @param job that it was made for and ends with; empty for one that stays
 * @param definition what it was asked to be, for people to compare; no values of variables
 */
public record Daemon(
        String name,
        DaemonAddress address,
        Optional<DaemonProcess> process,
        boolean rootless,
        boolean temporary,
        Optional<DaemonProcess> maker,
        Optional<BuilderJob> job,
        Map<String, String> definition) {
    public Daemon {
        definition = Map.copyOf(definition);
    }

    /** The same, run by a process. */
    Daemon runBy(DaemonProcess other) {
        return new Daemon(name, address, Optional.of(other), rootless, temporary, maker, job, definition);
    }

    /** The same while it is made, or once it was. */
    Daemon madeBy(Optional<DaemonProcess> other) {
        return new Daemon(name, address, process, rootless, temporary, other, job, definition);
    }

    /** The same, ending with a job. */
    Daemon endingWith(BuilderJob other) {
        return new Daemon(name, address, process, rootless, temporary, maker, Optional.of(other), definition);
    }

    String render() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", address.url());
        address.tls().authority().ifPresent(path -> fields.put("cacert", path));
        address.tls().certificate().ifPresent(path -> fields.put("cert", path));
        address.tls().key().ifPresent(path -> fields.put("key", path));
        address.tls().serverName().ifPresent(name -> fields.put("servername", name));
        process.ifPresent(running -> {
            fields.put("pid", running.pid());
            fields.put("started", running.started());
        });
        maker.ifPresent(making -> fields.put("maker", Map.of("pid", making.pid(), "started", making.started())));
        job.ifPresent(any -> fields.put("job", any.fields()));
        fields.put("rootless", rootless);
        fields.put("temporary", temporary);
        fields.put("definition", definition);
        return JsonText.pretty(fields) + "\n";
    }

    /** Empty for a text that does not say where the daemon is. */
    static Optional<Daemon> parse(String name, String text) {
        PlainJson json = PlainJson.parse(text);
        String url = json.text("address");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> definition = new LinkedHashMap<>();
        json.object("definition").fields().forEach((key, value) -> definition.put(key.toString(), value.toString()));
        DaemonAddress.Tls tls = new DaemonAddress.Tls(
                some(json, "cacert"), some(json, "cert"), some(json, "key"), some(json, "servername"));
        return Optional.of(new Daemon(
                name,
                new DaemonAddress(url, tls),
                process(json),
                json.isTrue("rootless"),
                json.isTrue("temporary"),
                process(json.object("maker")),
                BuilderJob.parse(json.object("job")),
                definition));
    }

    private static Optional<DaemonProcess> process(PlainJson json) {
        return json.wholeNumber("pid").map(id -> new DaemonProcess(id, json.text("started")));
    }

    private static Optional<String> some(PlainJson json, String field) {
        return Optional.of(json.text(field)).filter(text -> !text.isEmpty());
    }
}
