package io.datamill.step.score;

import io.datamill.step.enrich.Organisations;
import io.datamill.step.enrich.Providers;
import org.apache.avro.Schema;

/**
 * What the domains of addresses, message ids, hosts and URLs are like, and how they belong together. A field is a text, a
 * list of texts, or a text in each record of a list, such as {@code hops[*].from}.
 */
public sealed interface DomainFeature extends Feature {

    /** 1 where any domain of a field and any of another belong to one organisation, by the public suffix list. */
    record SameOrganisation(String field, String other, double absent) implements DomainFeature {
        @Override
        public Measure plan(Schema record) {
            Elements ones = Elements.texts(record, field);
            Elements others = Elements.texts(record, other);
            return values -> {
                Object start = ones.start(values);
                Object otherStart = others.start(values);
                boolean compared = false;
                for (int i = 0; i < Elements.size(start); i++) {
                    String one = ones.text(start, i);
                    for (int j = 0; one != null && j < Elements.size(otherStart); j++) {
                        String other = others.text(otherStart, j);
                        if (other != null && Organisations.same(one, other)) {
                            return 1;
                        }
                        compared |= other != null;
                    }
                }
                return compared ? 0 : absent;
            };
        }
    }

    /** How many labels the domain has: 1 for {@code localhost}; 0 for an IP address. */
    record DomainLabels(String field, double absent) implements DomainFeature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = FieldTypes.text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : labels(text);
            };
        }

        private static int labels(String text) {
            int start = text.lastIndexOf('@') + 1;
            if (IpLiteral.isAddress(text, start)) {
                return 0;
            }
            int labels = 1;
            for (int at = start; at < text.length(); at++) {
                labels += text.charAt(at) == '.' ? 1 : 0;
            }
            return labels;
        }
    }

    /** 1 where any text is an IPv4 address, with or without brackets. */
    record IpAddress(String field, double absent) implements DomainFeature {
        @Override
        public Measure plan(Schema record) {
            Elements elements = Elements.texts(record, field);
            return values -> {
                Object start = elements.start(values);
                boolean looked = false;
                for (int i = 0; i < Elements.size(start); i++) {
                    String text = elements.text(start, i);
                    if (text != null && IpLiteral.isAddress(text, 0)) {
                        return 1;
                    }
                    looked |= text != null;
                }
                return looked ? 0 : absent;
            };
        }
    }

    /** 1 where a text is an IPv4 address of a network that cannot be reached from outside: RFC 1918, or loopback. */
    record PrivateAddress(String field, double absent) implements DomainFeature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = FieldTypes.text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : IpLiteral.isPrivate(text) ? 1 : 0;
            };
        }
    }

    /** 1 where an address or a domain is that of a provider where anybody may have one for nothing. */
    record FreeMail(String field, double absent) implements DomainFeature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = FieldTypes.text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : Providers.isOpenToAll(text) ? 1 : 0;
            };
        }
    }
}
