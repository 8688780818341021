package io.datamill.step.adapter.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedGroupsTest {

    @Test
    void findsEveryGroupOfANameByItsNumber() {
        NamedGroups found = new NamedGroups("(a)(?<x_1>b)|(?:c)(?<x_1>d)(?=e)(?<=d)(?<!q)(?<y>e)");
        assertThat(found.groups()).containsEntry("x_1", List.of(2, 3)).containsEntry("y", List.of(4));
        Matcher matcher = Pattern.compile(found.regex()).matcher("cde");
        assertThat(matcher.matches()).isTrue();
        assertThat(matcher.group(3)).isEqualTo("d");
        assertThat(matcher.group(4)).isEqualTo("e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\((?<a>x)", "[(](?<a>x)", "[^(](?<a>x)", "[](](?<a>x)", "[^](](?<a>x)", "[a[(]](?<a>x)", "[\\](](?<a>x)",
                "\\Q(((\\E(?<a>x)", "[\\Q]([\\E(](?<a>x)", "(?:\\\\\\()(?<a>x)", "[a-z&&[^(]](?<a>x)", "(?i)(?<a>x)",
                "(?>(?<a>x))"
            })
    void countsNoParenthesisThatIsACharacter(String pattern) {
        assertThat(new NamedGroups(pattern).groups()).containsEntry("a", List.of(1));
    }

    @Test
    void keepsReferencesToNamedGroups() {
        NamedGroups found = new NamedGroups("(?<quote_mark>['\"])(?<text>.*)\\k<quote_mark>");
        assertThat("'a'".matches(found.regex())).isTrue();
        assertThat("'a\"".matches(found.regex())).isFalse();
        assertThatThrownBy(() -> new NamedGroups("\\k<later>(?<later>a)")).hasMessageContaining("'later'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "(?<>a)", "(?<a", "*", "a\\", "(?x)# (\n(?<a>x)"})
    void refusesWhatIsNoExpression(String pattern) {
        assertThatThrownBy(() -> new NamedGroups(pattern)).isInstanceOf(IllegalArgumentException.class);
    }
}
