package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.Terminal;
import io.buildkitci.console.TerminalSize;
import io.buildkitci.report.Glyphs;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({
        "TERM=xterm, true, UTF-8, true, true, true",
        "TERM=xterm NO_COLOR=1, true, UTF-8, true, false, true",
        "TERM=xterm NO_COLOR=, true, UTF-8, true, true, true",
        "TERM=xterm CI=true, true, UTF-8, false, false, true",
        "TERM=xterm CI=1, true, UTF-8, false, false, true",
        "TERM=xterm CI=false, true, UTF-8, true, true, true",
        "TERM=xterm CI=, true, UTF-8, true, true, true",
        "TERM=dumb, true, UTF-8, false, false, true",
        "X=y, true, UTF-8, false, false, true",
        "TERM=xterm, false, UTF-8, false, false, true",
        "TERM=xterm, true, ISO-8859-1, true, true, false",
        "TERM=xterm, true, utf-8, true, true, true",
        "TERM=xterm, true, US-ASCII, true, true, false"
    })
    void showsWhatTheTerminalCan(
            String variables, boolean connected, String charset, boolean live, boolean colour, boolean unicode) {
        Map<String, String> environment = Arrays.stream(variables.split(" ", -1))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        Terminal terminal = Terminal.of(environment, connected, charset, TerminalSize.USUAL);

        assertThat(terminal).isEqualTo(new Terminal(live, colour, unicode, TerminalSize.USUAL));
        assertThat(terminal.glyphs()).isEqualTo(unicode ? Glyphs.UNICODE : Glyphs.ASCII);
    }
}
