package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganisationsTest {
    @ParameterizedTest
    @CsvSource({
        "mail.example.com, www.example.com, true",
        "example.com, www.EXAMPLE.com, true",
        "a@news.example.co.uk, <1@example.co.uk>, true",
        "one.co.uk, other.co.uk, false",
        "ann.github.io, bob.github.io, false",
        "example.com, example.net, false",
        "bad-example.com, example.com, false",
        "xexample.com, example.com, false",
        "example.com.evil.net, example.com, false",
        "localhost, localhost, true",
        "a.localhost, b.localhost, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 198.0.2.1, false",
        "a@, b@, false",
        "com, example.com, false",
        "co.uk, co.uk, true",
    })
    void belongTogetherByTheRegistrableDomain(String one, String other, boolean expected) {
        assertThat(Organisations.same(one, other)).isEqualTo(expected);
        assertThat(Organisations.same(other, one)).isEqualTo(expected);
    }

    @Test
    void knowsProvidersThatAreOpenToAll() {
        assertThat(Providers.isOpenToAll("ann@Yahoo.com")).isTrue();
        assertThat(Providers.isOpenToAll("mailinator.com")).isTrue();
        assertThat(Providers.isOpenToAll("example.com")).isFalse();
        assertThat(Providers.isOpenToAll("no domain")).isFalse();
    }
}
