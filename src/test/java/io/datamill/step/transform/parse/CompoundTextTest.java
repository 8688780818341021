package io.datamill.step.transform.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds that give several values: url, query, email, address. */
class CompoundTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            https://ann:pw@Example.COM:8443/a/b%20c?q=a+b&x=%C3%A4&x=2&y#top ~ {scheme: https, host: example.com, port: 8443, path: /a/b%20c, query: q=a+b&x=%C3%A4&x=2&y, fragment: top, parameters: {q: a b, x: ä, y: }}
            http://[2001:DB8::1]/             ~ {scheme: http, host: 2001:db8::1, port: null, path: /, query: null, fragment: null, parameters: {}}
            http://a.example?x=%zz&y=%ff&&=e  ~ {scheme: http, host: a.example, port: null, path: , query: x=%zz&y=%ff&&=e, fragment: null, parameters: {: e, x: %zz, y: %ff}}
            http://a.example/#a?b=c           ~ {scheme: http, host: a.example, port: null, path: /, query: null, fragment: a?b=c, parameters: {}}
            http://a.example:/x?              ~ {scheme: http, host: a.example, port: null, path: /x, query: , fragment: null, parameters: {}}
            ftp://münchen.example/            ~ {scheme: ftp, host: münchen.example, port: null, path: /, query: null, fragment: null, parameters: {}}
            http://a.example/|"<>             ~ {scheme: http, host: a.example, port: null, path: /|"<>, query: null, fragment: null, parameters: {}}
            """)
    void readsUrls(String url, String expected) throws Exception {
        assertThat(step("url", "").run("{ f: '" + url + "' }")).isEqualTo("{f: " + url + ", r: " + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            ""
            a.example/x
            mailto:ann@a.example
            ://a.example
            1http://a.example
            http://
            http:///x
            http://:80/
            http://a b/
            http://a.example/a b
            http://a.example:65536/
            http://a.example:8x/
            http://[::1/
            http://[::1]x/
            http://a<b/
            http://[::g]/
            http://ann@/
            """)
    void refusesWhatIsNoUrl(String url) throws Exception {
        assertThat(step("url", "").run("{ f: '" + url + "' }")).startsWith("reject PARSE_FAILED");
    }

    @Test
    void boundsTheParameters() throws Exception {
        YamlStep step = step("url", ", max-parameters: 2");

        assertThat(step.run("{ f: 'http://a.example/?a=1&b=2' }")).contains("parameters: {a: 1, b: 2}");
        assertThat(step.run("{ f: 'http://a.example/?a=1&a=2&a=3' }")).startsWith("reject PARSE_FAILED");
        assertThat(step("query", ", max-parameters: 2").run("{ f: 'a=1&b=2&c=3' }"))
                .startsWith("reject PARSE_FAILED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            a=1&b=x%26y                  ~ {a: 1, b: x&y}
            ?a=1                         ~ {a: 1}
            https://a.example/p?a=1#f=2  ~ {a: 1}
            /p?a=1                       ~ {a: 1}
            https://a.example/p          ~ {}
            /p                           ~ {}
            ""                           ~ {}
            """)
    void readsTheParametersAlone(String text, String expected) throws Exception {
        assertThat(step("query", "").run("{ f: '" + text + "' }")).isEqualTo("{f: " + text + ", r: " + expected + "}");
    }

    @Test
    void keepsTheParametersThatAreNamed() throws Exception {
        YamlStep step = step("query", ", which: [utm_source, utm_term]");

        assertThat(step.output()).isEqualTo("{f: string, r: {utm_source: string?, utm_term: string?}}");
        assertThat(step.run("{ f: 'https://a.example/?utm_source=mail&x=1' }"))
                .endsWith("r: {utm_source: mail, utm_term: null}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            ann@Example.COM                    ~ {name: null, address: ann@example.com, local_part: ann, tag: null, domain: example.com}
            ann+news+x@a.example               ~ {name: null, address: ann+news+x@a.example, local_part: ann, tag: news+x, domain: a.example}
            +x@a.example                       ~ {name: null, address: +x@a.example, local_part: +x, tag: null, domain: a.example}
            Ann Smith <Ann.Smith@a.example>    ~ {name: Ann Smith, address: Ann.Smith@a.example, local_part: Ann.Smith, tag: null, domain: a.example}
            <ann@a.example>                    ~ {name: null, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            \\"Smith, Ann\\" <ann@a.example>   ~ {name: Smith, Ann, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            ann@münchen.example                ~ {name: null, address: ann@xn--mnchen-3ya.example, local_part: ann, tag: null, domain: xn--mnchen-3ya.example}
            =?utf-8?q?Ann_B?= <ann@a.example>    ~ {name: Ann B, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            Ann J. O'Neil <ann@a.example>      ~ {name: Ann J. O'Neil, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            \\"Ann <x@b.example>\\" <ann@a.example> ~ {name: Ann <x@b.example>, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            \\"=?utf-8?q?Ann_B?=\\" <ann@a.example> ~ {name: Ann B, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            \\" \\" <ann@a.example>             ~ {name: null, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            Ann (B) <ann@a.example>            ~ {name: Ann, address: ann@a.example, local_part: ann, tag: null, domain: a.example}
            ann@[192.0.2.1]                    ~ {name: null, address: ann@[192.0.2.1], local_part: ann, tag: null, domain: [192.0.2.1]}
            """)
    void readsEmailAddresses(String text, String expected) throws Exception {
        assertThat(step("email", "").run("{ f: \"" + text + "\" }")).endsWith("r: " + expected + "}");
    }

    @Test
    void readsAQuotedLocalPart() throws Exception {
        assertThat(step("email", "").run("{ f: '\"ann+x smith\"@a.example' }"))
                .endsWith("r: {name: null, address: \"ann+x smith\"@a.example, local_part: ann+x smith, tag: null,"
                        + " domain: a.example}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            ''
            ann
            @a.example
            ann@
            ann@@a.example
            a..b@a.example
            .a@a.example
            a.@a.example
            ann@a..example
            ann@-a.example
            ann@a_b.example
            ann smith@a.example
            ann@a.example, bob@a.example
            Ann <ann@a.example
            =?utf-8?x?Ann?= <ann@a.example>
            Ann . B <ann@a.example>
            "Ann "B" <ann@a.example>
            Ann <ann@a_b.example>
            Ann <ann>
            """)
    void refusesWhatIsNoEmailAddress(String text) throws Exception {
        assertThat(step("email", "").run("{ f: '" + text + "' }")).startsWith("reject PARSE_FAILED");
    }

    @Test
    void refusesLongPartsOfAnEmailAddress() throws Exception {
        assertThat(step("email", "").run("{ f: " + "a".repeat(64) + "@" + "b".repeat(63) + ".example }"))
                .contains("local_part: aaa");
        assertThat(step("email", "").run("{ f: " + "a".repeat(65) + "@b.example }"))
                .startsWith("reject");
        assertThat(step("email", "").run("{ f: a@" + "b".repeat(64) + ".example }"))
                .startsWith("reject");
        assertThat(step("email", "").run("{ f: '" + "(".repeat(500) + "a@b.example' }"))
                .startsWith("reject");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            1600 Pennsylvania Ave NW, Washington, DC 20500      ~ {street: 1600 Pennsylvania Ave NW, city: Washington, state: DC, zip_code: 20500}
            1 Infinite Loop, Cupertino, CA 95014-2083, USA      ~ {street: 1 Infinite Loop, city: Cupertino, state: CA, zip_code: 95014-2083}
            500 S Buena Vista St, Burbank, California 91521     ~ {street: 500 S Buena Vista St, city: Burbank, state: CA, zip_code: 91521}
            350 5th Ave, New York, New York, 10118              ~ {street: 350 5th Ave, city: New York, state: NY, zip_code: 10118}
            Apt 4, 12 Main St, Morgantown, West Virginia 26501  ~ {street: Apt 4, 12 Main St, city: Morgantown, state: WV, zip_code: 26501}
            10 First St SE, Washington, District of Columbia 20004 United States ~ {street: 10 First St SE, city: Washington, state: DC, zip_code: 20004}
            Portland OR 97201                                   ~ {street: null, city: Portland, state: OR, zip_code: 97201}
            PSC 3 Box 4120, APO, ae 09021                       ~ {street: PSC 3 Box 4120, city: APO, state: AE, zip_code: 09021}
            San Juan, Puerto Rico 00901                         ~ {street: null, city: San Juan, state: PR, zip_code: 00901}
            """)
    void readsUsAddresses(String line, String expected) throws Exception {
        assertThat(step("address", "").run("{ f: '" + line + "' }"))
                .isEqualTo("{f: " + line + ", r: " + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            ''
            10 Downing Street, London SW1A 2AA
            Washington, DC
            Unter den Linden 77, 10117 Berlin
            1600 Pennsylvania Ave NW Washington DC 20500
            Somewhere, ZZ 20500
            DC 20500
            , DC 20500
            1 Main St, 12345, CA 90001
            1 Main St, Town, CA 900011
            1 Main St, Town, CA 90001-12
            """)
    void givesNullForOtherLines(String line) throws Exception {
        assertThat(step("address", "").run("{ f: '" + line + "' }")).endsWith("r: null}");
        assertThat(step("address", ", on-failure: reject").run("{ f: '" + line + "' }"))
                .startsWith("reject PARSE_FAILED");
    }

    private static YamlStep step(String kind, String options) throws Exception {
        return new YamlStep("{ parse: { field: f, as: " + kind + ", into: r" + options + " } }", "{ f: string }");
    }
}
