package io.buildkitci.cacheservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockListTest {
    @Test
    void namesStandInOrder() {
        assertThat(BlockList.parse(
                        "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><Latest>YQ==</Latest>".substring(1)
                                + "<Uncommitted>Yg==</Uncommitted>\n<Latest> Yw== </Latest></BlockList>"))
                .hasValueSatisfying(names -> assertThat(names).containsExactly("YQ==", "Yg==", "Yw=="));
        assertThat(BlockList.parse("<BlockList></BlockList>"))
                .hasValueSatisfying(names -> assertThat(names).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<BlockList>",
                "<Other><Latest>a</Latest></Other>",
                "<BlockList><Latest>a</BlockList>",
                "<!DOCTYPE b [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><BlockList><Latest>&x;</Latest></BlockList>",
                "<!DOCTYPE b [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><BlockList><Latest>&b;</Latest></BlockList>"
            })
    void whatIsNoListIsNone(String xml) {
        assertThat(BlockList.parse(xml)).isEmpty();
    }

    @Test
    void noTextMakesItThrow() {
        Random random = new Random(11);
        String xml = "<BlockList><Latest>YQ==</Latest><Latest>Yg==</Latest></BlockList>";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(xml);
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x300));
            }
            BlockList.parse(text.toString());
        }
    }
}
