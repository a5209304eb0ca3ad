package io.jenkins.plugins.buildkit.page;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.HtmlReport;
import io.buildkitci.report.JsonReport;
import io.buildkitci.report.TraceEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of one image build beside its build, in a directory of its own: files written once, each whole. */
final class ReportFiles {
    static final String ARTICLE = "article.html";
    static final String REPORT = "report.json";
    static final String TRACE = "trace.json";

    private final Path directory;

    ReportFiles(Path directory) {
        this.directory = directory;
    }

    /** @param name of what was built, for an image without one; may be empty */
    void write(BuildReport report, String name, Optional<BuildTrace> trace, Redactor redactor) throws IOException {
        Files.createDirectories(directory);
        write(ARTICLE, redactor.redact(HtmlReport.article(report, name)));
        write(REPORT, redactor.redact(JsonReport.render(report)));
        if (trace.isPresent()) {
            write(TRACE, redactor.redact(TraceEvents.render(trace.get())));
        }
    }

    private void write(String name, String text) throws IOException {
        Path fresh = directory.resolve(name + ".tmp");
        try {
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    boolean has(String name) {
        return Files.isRegularFile(directory.resolve(name));
    }

    Optional<String> article() throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(ARTICLE)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** With an entity tag, so that a browser that has the file is not sent it again. */
    void serve(String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        String tag = "\"" + Long.toHexString(facts.size()) + "-"
                + Long.toHexString(facts.lastModifiedTime().toMillis()) + "\"";
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (isKnown(tag, request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLengthLong(facts.size());
        if (!request.getMethod().equals("HEAD")) {
            Files.copy(file, response.getOutputStream());
        }
    }

    /** A proxy or a compressing server may have made the tag weak or put its mark to the end of it. */
    private static boolean isKnown(String tag, @Nullable String known) {
        if (known == null) {
            return false;
        }
        for (String each : known.split(",", -1)) {
            String its = each.strip();
            String strong = its.startsWith("W/") ? its.substring(2) : its;
            if (its.equals("*") || strong.replace("--gzip", "").equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
