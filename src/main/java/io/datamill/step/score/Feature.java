package io.datamill.step.score;

import static io.datamill.step.score.FieldTypes.list;
import static io.datamill.step.score.FieldTypes.number;
import static io.datamill.step.score.FieldTypes.text;
import static io.datamill.step.score.FieldTypes.textOrList;
import static io.datamill.step.score.FieldTypes.time;
import static io.datamill.step.score.FieldTypes.truth;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What a model looks at: a number computed from an event's fields, declared in the artifact by {@code kind}. {@code
 * absent} is the number where a field it needs is null or an empty text.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Feature.Numeric.class, name = "number"),
    @JsonSubTypes.Type(value = Feature.Log1p.class, name = "log1p"),
    @JsonSubTypes.Type(value = Feature.Flag.class, name = "flag"),
    @JsonSubTypes.Type(value = Feature.Present.class, name = "present"),
    @JsonSubTypes.Type(value = Feature.Category.class, name = "category"),
    @JsonSubTypes.Type(value = Feature.Prefix.class, name = "prefix"),
    @JsonSubTypes.Type(value = Feature.Contains.class, name = "contains"),
    @JsonSubTypes.Type(value = Feature.Length.class, name = "length"),
    @JsonSubTypes.Type(value = Feature.Share.class, name = "share"),
    @JsonSubTypes.Type(value = Feature.SameDomain.class, name = "same-domain"),
    @JsonSubTypes.Type(value = Feature.DomainListed.class, name = "domain-listed"),
    @JsonSubTypes.Type(value = Feature.SecondsAfter.class, name = "seconds-after"),
    @JsonSubTypes.Type(value = TextFeature.Count.class, name = "count"),
    @JsonSubTypes.Type(value = TextFeature.Lacking.class, name = "lacking"),
    @JsonSubTypes.Type(value = TextFeature.Same.class, name = "same"),
    @JsonSubTypes.Type(value = TextFeature.SharesWord.class, name = "shares-word"),
    @JsonSubTypes.Type(value = DomainFeature.SameOrganisation.class, name = "same-organisation"),
    @JsonSubTypes.Type(value = DomainFeature.DomainLabels.class, name = "domain-labels"),
    @JsonSubTypes.Type(value = DomainFeature.IpAddress.class, name = "ip-address"),
    @JsonSubTypes.Type(value = DomainFeature.PrivateAddress.class, name = "private-address"),
    @JsonSubTypes.Type(value = DomainFeature.FreeMail.class, name = "free-mail"),
})
public sealed interface Feature extends Serializable
        permits Feature.Numeric,
                Feature.Log1p,
                Feature.Flag,
                Feature.Present,
                Feature.Category,
                Feature.Prefix,
                Feature.Contains,
                Feature.Length,
                Feature.Share,
                Feature.SameDomain,
                Feature.DomainListed,
                Feature.SecondsAfter,
                TextFeature,
                DomainFeature {

    /**
     * Binds the feature to a schema.
     *
     * @throws IllegalArgumentException if a field is not there or has another type
     */
    Measure plan(Schema record);

    /** The field's own number; one that is not finite counts as absent. */
    record Numeric(String field, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = number(record, field);
            return values -> {
                double value = path.value(values) instanceof Number number ? number.doubleValue() : absent;
                return Double.isFinite(value) ? value : absent;
            };
        }
    }

    /** ln(1 + x) of another feature, whose negative values count as 0. */
    record Log1p(Feature of) implements Feature {
        @Override
        public Measure plan(Schema record) {
            Measure inner = of.plan(record);
            return values -> Logarithms.log1p(Math.max(0, inner.of(values)));
        }
    }

    /** 1 where a boolean field is true. */
    record Flag(String field, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = truth(record, field);
            return values -> path.value(values) instanceof Boolean truth ? one(truth) : absent;
        }
    }

    /** 1 where a text is there. */
    record Present(String field) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            return values -> one(path.text(values) != null);
        }
    }

    /** 1 where a text is this very value. */
    record Category(String field, String value, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : one(text.equals(value));
            };
        }
    }

    /** 1 where a text starts with the value, ignoring case. */
    record Prefix(String field, String value, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : one(text.regionMatches(true, 0, value, 0, value.length()));
            };
        }
    }

    /** 1 where the value occurs in a text. */
    record Contains(String field, String value, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : one(text.contains(value));
            };
        }
    }

    /** The UTF-16 units of a text or the elements of a list. */
    record Length(String field, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = textOrList(record, field);
            return values -> {
                Object value = path.value(values);
                if (value instanceof List<?> list) {
                    return list.size();
                }
                return value instanceof String text && !text.isEmpty() ? text.length() : absent;
            };
        }
    }

    /** The share of a text's UTF-16 units of one class, 0 to 1; of several texts the largest. */
    record Share(String field, CharacterClass of, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            Elements texts = Elements.texts(record, field);
            return values -> {
                Object start = texts.start(values);
                double largest = -1;
                for (int i = 0; i < Elements.size(start); i++) {
                    String text = texts.text(start, i);
                    largest = text == null ? largest : Math.max(largest, of.share(text));
                }
                return largest < 0 ? absent : largest;
            };
        }
    }

    /** 1 where the domain of an address, message id or domain is that of another field, or one lies below the other. */
    record SameDomain(String field, String other, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            FieldPath otherPath = text(record, other);
            return values -> {
                String one = path.text(values);
                String two = otherPath.text(values);
                return one == null || two == null ? absent : one(Domains.related(one, two));
            };
        }
    }

    /** 1 where the domain of a field is the same, in that sense, as one of a list; an empty list is absent. */
    record DomainListed(String field, String among, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            FieldPath listPath = list(record, among);
            return values -> {
                String text = path.text(values);
                return text != null && listPath.value(values) instanceof List<?> domains && !domains.isEmpty()
                        ? one(Domains.anyRelated(text, domains))
                        : absent;
            };
        }
    }

    /** By how many seconds a time is after another; 0 where it is before. */
    record SecondsAfter(String field, String other, double absent) implements Feature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = time(record, field);
            FieldPath otherPath = time(record, other);
            return values -> path.value(values) instanceof Long after && otherPath.value(values) instanceof Long before
                    ? Math.max(0, ((double) after - before) / 1000)
                    : absent;
        }
    }

    private static double one(boolean truth) {
        return truth ? 1 : 0;
    }
}
