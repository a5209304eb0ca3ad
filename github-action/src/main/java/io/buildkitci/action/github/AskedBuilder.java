package io.buildkitci.action.github;

import io.buildkitci.action.job.BuilderTls;
import io.buildkitci.action.job.BuilderTls.CertificateFile;
import io.buildkitci.action.job.DeprecatedInputs;
import io.buildkitci.action.yaml.Nodes;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.model.BuilderRequest;
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

    /** Reads all of it; what is worth a word is told. */
    static AskedBuilder read(RawInput inputs, ActionRun run) {
        DeprecatedInputs named = DeprecatedInputs.ofBuilder(inputs);
        named.notices().forEach(notice -> run.log().warn(notice.render()));
        Nodes append = Nodes.parse(named.inputs());
        BuilderTls tls = BuilderTls.from(
                named.inputs(),
                append.nodes(),
                run.host().environment(),
                run.host().clients().buildxConfig().toAbsolutePath());
        tls.notices().forEach(run::note);
        List<Problem> problems = new ArrayList<>(append.problems());
        problems.addAll(tls.problems());
        return new AskedBuilder(
                BuilderInputs.check(tls.inputs(), tls.append(), run.host().outside()), problems, tls.files());
    }

    /** To be asked for only where the inputs are valid. */
    BuilderRequest request() {
        return ((Checked.Valid<BuilderRequest>) checked).value();
    }
}
