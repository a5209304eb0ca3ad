package io.buildkitci.action.github;

import io.buildkitci.action.job.BuilderTls;
import io.buildkitci.action.job.BuilderTls.CertificateFile;
import io.buildkitci.action.job.DeprecatedInputs;
import io.buildkitci.action.runner.StepLog;
import io.buildkitci.action.yaml.Nodes;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.plan.Credentials;
import java.util.ArrayList;
import java.util.List;

/**
 * A builder as the inputs and the environment ask for it.
 *
 * @param problems beyond those of the checked inputs
 * @param certificates to write before it is made
 */
record AskedBuilder(Checked<BuilderRequest> checked, List<Problem> problems, List<CertificateFile> certificates) {
    AskedBuilder {
        problems = List.copyOf(problems);
        certificates = List.copyOf(certificates);
    }

    /** Reads all of it; what is secret is hidden from now on, what is worth a word is told. */
    static AskedBuilder read(RawInput inputs, ActionRun run) {
        DeprecatedInputs named = DeprecatedInputs.ofBuilder(inputs);
        named.notices().forEach(notice -> run.log().warn(notice.render()));
        Nodes append = Nodes.parse(named.inputs());
        BuilderTls tls = BuilderTls.from(
                named.inputs(),
                append.nodes(),
                run.host().environment(),
                run.host().clients().buildxConfig().toAbsolutePath());
        tls.files().forEach(file -> run.log().mask(file.content().reveal()));
        tls.notices().forEach(run::note);
        List<Problem> problems = new ArrayList<>(append.problems());
        problems.addAll(tls.problems());
        AskedBuilder asked = new AskedBuilder(
                BuilderInputs.check(tls.inputs(), tls.append(), run.host().outside()), problems, tls.files());
        if (asked.checked() instanceof Checked.Valid<BuilderRequest> valid) {
            hide(valid.value().builder(), run.log());
        }
        return asked;
    }

    /** A variable may hold a plain {@code true}, which the runner must not hide in all that the job says. */
    private static void hide(BuilderSpec builder, StepLog log) {
        Credentials.of(builder).forEach(log::mask);
        log.hide(Credentials.variables(builder));
    }

    /** To be asked for only where the inputs are valid. */
    BuilderRequest request() {
        return ((Checked.Valid<BuilderRequest>) checked).value();
    }
}
