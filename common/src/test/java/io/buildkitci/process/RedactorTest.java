package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    /** What is awkward for escaping, for regular expressions and for base64, beside ordinary letters. */
    private static final String ALPHABET = "abcXYZ019 +/=-_.~!'()\"\\&<>%$?:;,@#[]{}|^`\t\néß漢\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource({
        "token is s3cr3t!, token is ***",
        "s3cr3t!, ***",
        "s3cr3t! and s3cr3t!, *** and ***",
        "s3cr3t!s3cr3t!, ***",
        "xs3cr3t!y, x***y",
        "S3CR3T!, S3CR3T!",
        "s3cr3t, s3cr3t",
        "nothing here, nothing here"
    })
    void hidesTheValueWhereverItStands(String text, String expected) {
        assertThat(Redactor.of(List.of("s3cr3t!")).redact(text)).isEqualTo(expected);
    }

    static Stream<String> seenForms() {
        return Stream.of(
                "p@ss w\"rd\\/<&>",
                "p%40ss%20w%22rd%5C%2F%3C%26%3E",
                "p%40ss+w%22rd%5C%2F%3C%26%3E",
                "p%40ss%20w%22rd%5c%2f%3c%26%3e",
                "p%40ss%20w%22rd%5C%2F%3C&%3E",
                "p@ss w\\\"rd\\\\/<&>",
                "p@ss w\\\"rd\\\\/\\u003c\\u0026\\u003e",
                "cEBzcyB3InJkXC88Jj4=",
                "cEBzcyB3InJkXC88Jj4");
    }

    @ParameterizedTest
    @MethodSource("seenForms")
    void hidesTheFormsInWhichProgramsWriteIt(String form) {
        Redactor redactor = Redactor.of(List.of("p@ss w\"rd\\/<&>"));

        assertThat(redactor.redact("a " + form + " b")).isEqualTo("a *** b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "use", "user"})
    void hidesItInsideTheBase64OfALongerText(String user) {
        String header = Base64.getEncoder().encodeToString((user + ":correct-horse:x").getBytes(UTF_8));
        String redacted = Redactor.of(List.of("correct-horse")).redact("Authorization: Basic " + header);

        assertThat(redacted).matches("Authorization: Basic .{0,7}\\*\\*\\*.{0,6}");
    }

    @Test
    void hidesEachLineOfAKeyAndOfItsWrappedBase64() {
        String key = "-----BEGIN KEY-----\n" + "q".repeat(64) + "\r\n" + "r".repeat(64) + "\n}\n-----END KEY-----\n";
        Redactor redactor = Redactor.of(List.of(key));

        assertThat(key.lines().map(redactor::redact)).containsExactly("***", "***", "***", "}", "***");
        String wrapped = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(key.getBytes(UTF_8));
        assertThat(wrapped.lines().map(redactor::redact)).hasSizeGreaterThan(2).containsOnly("***");
    }

    @Test
    void hidesAllOfSecretsThatOverlapOrContainEachOther() {
        assertThat(Redactor.of(List.of("abcdef", "defghi")).redact("<abcdefghi>"))
                .isEqualTo("<***>");
        assertThat(Redactor.of(List.of("pass", "password")).redact("password pass"))
                .isEqualTo("*** ***");
        assertThat(Redactor.of(List.of("aaaa")).redact("aaaaaaa")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "yes", " no ", "***", "*****", "  ", "\n"})
    void leavesTextAloneThatAShortOrEmptyValueWouldTearToPieces(String value) {
        String text = "a yes no *** *****   \n";

        assertThat(Redactor.of(List.of(value)).redact(text)).isEqualTo(text);
    }

    @Test
    void takesRegularExpressionsAndReplacementsLiterally() {
        assertThat(Redactor.of(List.of("$1.*\\Q(")).redact("x$1.*\\Q(y $1bc")).isEqualTo("x***y $1bc");
    }

    @Test
    void hidesAThousandSecretsInAMegabyte() {
        Random random = new Random(7);
        List<String> secrets = IntStream.range(0, 1000)
                .mapToObj(i -> "ghp_" + Long.toString(random.nextLong(1L << 60, 1L << 62), 36))
                .toList();
        StringBuilder log = new StringBuilder();
        while (log.length() < 1_000_000) {
            log.append("a line with ghp_ and ")
                    .append(secrets.get(random.nextInt(1000)))
                    .append(" in it\n");
        }

        String redacted = Redactor.of(secrets).redact(log.toString());

        assertThat(redacted.lines().distinct()).containsExactly("a line with ghp_ and *** in it");
    }

    /** Secrets and texts of two letters that repeat themselves, longer than what is compared letter by letter. */
    @ParameterizedTest
    @MethodSource("seeds")
    void hidesJustWhatLookingAtEveryPlaceForEverySecretFinds(int seed) {
        Random random = new Random(seed);
        List<String> secrets = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> periodic(random, 4 + random.nextInt(200)))
                .toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String secret = secrets.get(random.nextInt(secrets.size()));
            text.append(periodic(random, random.nextInt(150)))
                    .append(secret, 0, random.nextBoolean() ? secret.length() : random.nextInt(secret.length()));
        }

        assertThat(Redactor.of(secrets).redact(text.toString())).isEqualTo(naively(secrets, text.toString()));
    }

    private static String periodic(Random random, int length) {
        StringBuilder period = new StringBuilder();
        random.ints(1 + random.nextInt(5), 'a', 'c').forEach(c -> period.append((char) c));
        StringBuilder text = new StringBuilder(period.toString().repeat(length / period.length() + 1));
        text.setLength(length);
        if (length > 0 && random.nextBoolean()) {
            text.setCharAt(random.nextInt(length), 'b');
        }
        return text.toString();
    }

    private static String naively(List<String> secrets, String text) {
        boolean[] hidden = new boolean[text.length()];
        for (String form : secrets.stream()
                .flatMap(secret -> SecretForms.of(secret, Redactor.SHORTEST))
                .toList()) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                Arrays.fill(hidden, at, at + form.length(), true);
            }
        }
        StringBuilder redacted = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            boolean first = at == 0 || !hidden[at - 1];
            redacted.append(!hidden[at] ? text.substring(at, at + 1) : first ? "***" : "");
        }
        return redacted.toString();
    }

    /** Each place begins like the secret, over all of its length: comparing letter by letter would take hours. */
    @Test
    void hidesALongSecretThatRepeatsItselfInATextThatDoes() {
        String secret = "ab".repeat(150_000) + "c";
        String text = "ab".repeat(500_000);

        assertThat(Redactor.of(List.of(secret)).redact(text)).isEqualTo(text);
        assertThat(Redactor.of(List.of(secret)).redact(text + "c")).isEqualTo("ab".repeat(350_000) + "***");
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noFormOfAnySecretSurvives(int seed) {
        Random random = new Random(seed);
        List<String> secrets = IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(i -> "k" + text(random, 4 + random.nextInt(90)) + "k")
                .toList();
        List<String> planted =
                secrets.stream().flatMap(RedactorTest::writtenByOthers).toList();
        StringBuilder log = new StringBuilder();
        planted.forEach(form -> log.append(text(random, random.nextInt(6))).append(form));

        String redacted = Redactor.of(secrets).redact(log.toString());

        assertThat(planted).noneMatch(redacted::contains);
    }

    /** Encoded by the JDK, so independent of how the redactor encodes. */
    private static Stream<String> writtenByOthers(String secret) {
        List<String> forms = new ArrayList<>();
        for (String part : List.of(secret, secret.strip(), secret + "\n")) {
            byte[] bytes = part.getBytes(UTF_8);
            forms.add(part);
            forms.add(Base64.getEncoder().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            forms.add(URLEncoder.encode(part, UTF_8));
            forms.add(URLEncoder.encode(part, UTF_8).replace("+", "%20"));
        }
        return forms.stream();
    }

    @Test
    void saysNothingOfWhatItHides() {
        assertThat(Redactor.of(List.of("s3cr3t!")).toString()).matches("Redactor\\[\\d+ forms]");
        assertThat(Redactor.NONE.redact("s3cr3t!")).isEqualTo("s3cr3t!");
    }

    @Test
    void tellsHowMuchAReaderOfPiecesMustHoldBack() {
        Redactor redactor = Redactor.of(List.of("s3cr3t!", "p@ss"));

        assertThat(redactor.longest()).isGreaterThanOrEqualTo("czNjcjN0IQ==".length());
        assertThat(Redactor.NONE.longest()).isZero();
    }

    private static String text(Random random, int length) {
        int[] characters = ALPHABET.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
