package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedHopTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "from a.example (b.example [203.0.113.9]) by c.example        | a.example      | c.example | 203.0.113.9",
                "from [192.0.2.1] (unknown [203.0.113.9]) by c.example        | [192.0.2.1]    | c.example | 203.0.113.9",
                "from 192.0.2.1 (1.2.3.4.example [203.0.113.9]) by c.example  | 192.0.2.1      | c.example | 203.0.113.9",
                "from unknown (HELO 192.0.2.1) (203.0.113.9) by c.example     | unknown        | c.example | 203.0.113.9",
                "from x ([203.0.113.9] helo=[192.0.2.1]) by c.example         | x              | c.example | 203.0.113.9",
                "from [203.0.113.9] (helo=192.0.2.1) by c.example             | [203.0.113.9]  | c.example | 203.0.113.9",
                "from x (y [203.0.113.9] (may be forged)) by c.example        | x              | c.example | 203.0.113.9",
                "from x (bounce by [192.0.2.1]) by c.example                  | x              | c.example | 192.0.2.1",
                "from x ([IPv6:2001:DB8::0:1]) by c.example                   | x              | c.example | 2001:db8::1",
                "from v8.12.11.20 (v1.2.3.4) by c.example                     | v8.12.11.20    | c.example | -",
                "from x (999.1.1.1) by c.example                              | x              | c.example | -",
                "(qmail 7 invoked by alias 192.0.2.1)                         | -              | -         | -",
                "by c.example with SMTP id [192.0.2.1]                        | -              | c.example | -",
            })
    void takesThePeerThatTheReceiverSawAndNotTheNameThatTheSenderGave(String value, String from, String by, String ip) {
        ReceivedHop hop = ReceivedHop.parse(value + "; Tue,  3 Mar 2026 10:00:00 +0100 (CET)");

        assertThat(hop).isEqualTo(new ReceivedHop(from, by, ip, 1_772_528_400_000L));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, false",
        "172.16.0.1, false",
        "172.32.0.1, true",
        "192.168.1.1, false",
        "127.0.0.1, false",
        "169.254.1.1, false",
        "100.64.0.1, false",
        "100.128.0.1, true",
        "0.1.2.3, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "203.0.113.9, true",
        "::1, false",
        "fe80::1, false",
        "fd00::1, false",
        "2001:db8::1, true"
    })
    void aPrivateAddressIsNotPublic(String ip, boolean isPublic) {
        assertThat(IpAddress.isPublic(ip)).isEqualTo(isPublic);
    }
}
