package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    private static final String WHOLE = """
            {"action":"opened","number":7,
             "pull_request":{"number":7,"title":"{\\"repository\\":1}","labels":[null,{"id":12345678901234567890}],
               "head":{"ref":"topic","sha":"abc","repo":{"full_name":"other/r"}},
               "base":{"ref":"main","sha":"def","repo":{"full_name":"o/r"}}},
             "repository":{"full_name":"o/r","private":true,"visibility":"internal","default_branch":"trunk","size":1.5}}
            """;

    @Test
    void aPullRequestIsReadFromItsPayload() {
        assertThat(Event.parse(WHOLE))
                .isEqualTo(new Event(
                        Optional.of("o/r"),
                        true,
                        Optional.of("trunk"),
                        Optional.of(new Event.PullRequest(7, Optional.of("abc"), true))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'private':true}                            | true",
                "{'private':true,'visibility':'public'}      | true",
                "{'visibility':'private'}                    | true",
                "{'private':false,'visibility':'internal'}   | true",
                "{'private':false,'visibility':'public'}     | false",
                "{'private':'true'}                          | false",
                "{}                                          | false",
                "null                                        | false",
                "[true]                                      | false"
            })
    void aRepositoryIsPrivateWhenEitherFieldSaysSo(String repository, boolean isPrivate) {
        Event event = Event.parse("{'repository':%s}".formatted(repository).replace('\'', '"'));

        assertThat(event.isPrivate()).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'full_name':'o/r'}      | false",
                "{'full_name':'them/r'}   | true",
                "null                     | true"
            })
    void aPullRequestIsFromAForkWhenItsBranchIsElsewhereOrGone(String headRepository, boolean fromFork) {
        String json = "{'pull_request':{'number':7,'head':{'repo':%s},'base':{'repo':{'full_name':'o/r'}}}}";

        Event event = Event.parse(json.formatted(headRepository).replace('\'', '"'));

        assertThat(event.pullRequest()).contains(new Event.PullRequest(7, Optional.empty(), fromFork));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "null",
                "{",
                "{\"schedule\":\"0 0 * * *\"}",
                "{\"pull_request\":null}",
                "{\"pull_request\":{\"number\":\"7\"}}",
                "{\"repository\":{\"full_name\":\" \",\"default_branch\":7}}",
                "{\"repository\":{\"full_name\":\"o/r\",\"private\":tr"
            })
    void whatTellsNothingIsAnEventOfWhichNothingIsKnown(String json) {
        assertThat(Event.parse(json)).isEqualTo(Event.NONE);
    }

    @Test
    void noPayloadWhateverIsBrokenAboutItEndsTheStep() {
        Random random = new Random(20261124);
        for (int i = 0; i < 500; i++) {
            StringBuilder broken = new StringBuilder(WHOLE.substring(0, random.nextInt(WHOLE.length())));
            for (int change = 0; change < 3 && broken.length() > 0; change++) {
                broken.setCharAt(random.nextInt(broken.length()), (char) (' ' + random.nextInt(95)));
            }

            assertThat(Event.parse(broken.toString())).isNotNull();
        }
        assertThat(Event.parse("[".repeat(100_000))).isEqualTo(Event.NONE);
        assertThat(Event.parse("{\"a\":".repeat(100_000))).isEqualTo(Event.NONE);
    }
}
