package io.datamill.step.enrich;

import java.util.Locale;

/**
 * Whether two names belong to one organisation: {@code mail.example.co.uk} and {@code www.example.co.uk} do, since both
 * lie below the registrable domain {@code example.co.uk}.
 */
public final class Organisations {
    private Organisations() {}

    /**
     * Compares the domains of two texts where they stand: what follows the last {@code @}, without a closing {@code >},
     * of an address or a message id, or a bare domain. Equal ones are of one organisation whatever they are; of an IP
     * address nothing else is. The empty domain is of none.
     */
    public static boolean same(String one, String other) {
        int oneStart = one.lastIndexOf('@') + 1;
        int otherStart = other.lastIndexOf('@') + 1;
        int oneAt = end(one);
        int otherAt = end(other);
        int end = oneAt;
        int common = oneAt; // Where the labels begin that both end with.
        while (oneAt > oneStart && otherAt > otherStart && alike(one.charAt(oneAt - 1), other.charAt(otherAt - 1))) {
            oneAt--;
            otherAt--;
            if (startsLabel(one, oneStart, oneAt) && startsLabel(other, otherStart, otherAt)) {
                common = oneAt;
            }
        }
        if (common == end) {
            return false;
        }
        boolean equal = oneAt == oneStart && otherAt == otherStart;
        return equal || isRegistrable(one, common, end);
    }

    /** Only what both end with is cut out, and only where it has two labels: most names share no more than .com. */
    private static boolean isRegistrable(String text, int start, int end) {
        int dot = text.indexOf('.', start);
        if (dot < 0 || dot >= end) {
            return false;
        }
        PublicSuffixes.Split split =
                PublicSuffixes.bundled().split(text.substring(start, end).toLowerCase(Locale.ROOT));
        return split != null && split.registrable() >= 0;
    }

    private static boolean startsLabel(String text, int domain, int at) {
        return at == domain || text.charAt(at - 1) == '.';
    }

    private static boolean alike(char one, char other) {
        if (one == other) {
            return true;
        }
        return one < 128 && other < 128 && Character.toLowerCase(one) == Character.toLowerCase(other);
    }

    private static int end(String text) {
        return text.endsWith(">") ? text.length() - 1 : text.length();
    }
}
