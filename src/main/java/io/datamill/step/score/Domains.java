package io.datamill.step.score;

import java.util.List;

/** Compares domains where they stand, without cutting them out of the texts that hold them. */
final class Domains {
    private Domains() {}

    /**
     * Whether the domain of one is that of the other or lies below it, ignoring the case of ASCII letters. The domain
     * of a text is what follows its last {@code @}, without a closing {@code >}: an address, a message id or a bare
     * domain alike. The empty domain is related to none.
     */
    static boolean related(String one, String other) {
        int oneStart = one.lastIndexOf('@') + 1;
        int otherStart = other.lastIndexOf('@') + 1;
        int oneEnd = end(one);
        int otherEnd = end(other);
        int length = Math.min(oneEnd - oneStart, otherEnd - otherStart);
        return length > 0
                && startsLabel(one, oneStart, oneEnd - length)
                && startsLabel(other, otherStart, otherEnd - length)
                && one.regionMatches(true, oneEnd - length, other, otherEnd - length, length);
    }

    /** Whether the domain of {@code text} is related to that of any of the list. */
    static boolean anyRelated(String text, List<?> list) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String other && related(text, other)) {
                return true;
            }
        }
        return false;
    }

    private static int end(String text) {
        return text.endsWith(">") ? text.length() - 1 : text.length();
    }

    private static boolean startsLabel(String text, int domain, int at) {
        return at == domain || text.charAt(at - 1) == '.';
    }
}
