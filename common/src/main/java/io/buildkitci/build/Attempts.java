package io.buildkitci.build;

import io.buildkitci.console.ProgressView;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.progress.ProgressLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The runs of one build, until one is good or no other can help: see {@link Retrying}. */
final class Attempts {
    private final Vanished vanished;
    private final Supplier<ProgressView> view;
    private final InstantSource clock;
    private final Instant began;
    private final List<String> earlier = new ArrayList<>();
    private boolean foundNoBuilder;

    /** @param view shows a line between two runs; closed at once */
    Attempts(Vanished vanished, Supplier<ProgressView> view, InstantSource clock, Instant began) {
        this.vanished = vanished;
        this.view = view;
        this.clock = clock;
        this.began = began;
    }

    /** One run. */
    interface Once<T> {
        T run(Retrying.Without without) throws InterruptedException;
    }

    /** @param ready tells the builder */
    <T extends Ran<T>> T run(Builds.Ready ready, Once<T> once) throws InterruptedException {
        Optional<String> seen = vanished.seen(ready);
        Retrying.Without without = Retrying.Without.NOTHING;
        while (true) {
            T ran = once.run(without).after(earlier);
            Optional<Retrying.Again> again =
                    Retrying.after(ran, took()).or(() -> seen.flatMap(any -> withAnother(ran)));
            if (again.isEmpty()) {
                return ran;
            }
            BuildFailure failure = ran.failure().orElseThrow();
            tell(again.get().sentence(earlier.size() + 1, failure, took()));
            Thread.sleep(again.get().pause().toMillis());
            Vanished.Answer builder = vanished.again(failure, ready, seen);
            if (builder instanceof Vanished.Gone gone) {
                earlier.remove(earlier.size() - 1);
                return ran.with(gone.failure());
            }
            ((Vanished.Usable) builder).note().ifPresent(this::add);
            without = without.and(again.get().without());
        }
    }

    private Optional<Retrying.Again> withAnother(Ran<?> ran) {
        Optional<Retrying.Again> again = foundNoBuilder ? Optional.empty() : Retrying.withAnotherBuilder(ran);
        foundNoBuilder |= again.isPresent();
        return again;
    }

    private void tell(String sentence) {
        earlier.add(sentence);
        show(sentence);
    }

    /** To what is told of the run before. */
    private void add(String note) {
        earlier.set(earlier.size() - 1, earlier.get(earlier.size() - 1) + "; " + note);
        show(note);
    }

    private void show(String line) {
        try (ProgressView shown = view.get()) {
            shown.update(new ProgressLine.Text(line));
        }
    }

    private Duration took() {
        return Duration.between(began, clock.instant());
    }
}
