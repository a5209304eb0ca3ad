package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.InputSpec;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person typed, to exactly what is run. */
class BuildPlannerTest {
    static Stream<Row> rows() {
        return Stream.of(
                        SourceRows.all(),
                        NamingRows.all(),
                        DeliveryRows.all(),
                        CachingRows.all(),
                        HandedRows.all(),
                        RunningRows.all(),
                        MachineRows.all(),
                        BuildctlRows.all())
                .flatMap(rows -> rows);
    }

    /** Before anything is planned. */
    private static final String CHANGED_FOR_A_PASS = "cache-token";

    @ParameterizedTest
    @MethodSource("rows")
    void plansExactlyWhatIsRun(Row row) {
        BuildPlan plan = row.plan();

        assertThat(plan.argv()).isEqualTo(row.expected().argv());
        assertThat(plan).isEqualTo(row.expected());
    }

    @Test
    void theTableHasARowForEveryInput() {
        Set<String> typed = rows().flatMap(row -> row.inputs().stream()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(typed)
                .containsAll(BuildInputs.ALL.specs().stream()
                        .map(InputSpec::name)
                        .filter(name -> !name.equals(CHANGED_FOR_A_PASS))
                        .toList());
    }
}
