package io.datamill.step.enrich;

import com.ibm.icu.text.SpoofChecker;
import java.net.IDN;
import java.util.Locale;

/**
 * What a label of a domain looks like: labels that can be taken for each other have one appearance. Letters of other
 * scripts are brought to Latin by the skeleton of Unicode's UTS #39 (of ICU's data), marks above and below letters are
 * left out, digits that stand for letters become those, and pairs that look like one letter become that letter.
 */
final class Appearance {
    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();
    private static final String ENCODED = "xn--";

    private Appearance() {}

    /** The label as a browser shows it, in lower case. */
    static String shown(String label) {
        return label.startsWith(ENCODED)
                ? IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT)
                : label;
    }

    /** @param shown a label in lower case, decoded */
    static String of(String shown) {
        String latin = isAscii(shown) ? shown : latin(shown);
        StringBuilder appearance = new StringBuilder(latin.length());
        for (int i = 0; i < latin.length(); i++) {
            append(letter(latin.charAt(i)), appearance);
        }
        return appearance.toString();
    }

    private static String latin(String shown) {
        String skeleton = CONFUSABLES.getSkeleton(shown).toLowerCase(Locale.ROOT);
        StringBuilder unmarked = new StringBuilder(skeleton.length());
        for (int i = 0; i < skeleton.length(); i++) {
            if (Character.getType(skeleton.charAt(i)) != Character.NON_SPACING_MARK) {
                unmarked.append(skeleton.charAt(i));
            }
        }
        return unmarked.toString();
    }

    /** 0 and 1 are in Unicode's data; the others are what is read into them. */
    private static char letter(char c) {
        return switch (c) {
            case '0' -> 'o';
            case '1' -> 'l';
            case '3' -> 'e';
            case '4' -> 'a';
            case '5' -> 's';
            case '7' -> 't';
            case '8' -> 'b';
            case '9' -> 'g';
            default -> c;
        };
    }

    /** Unicode makes rn of m; here it is the other way round, so that one letter is one edit. */
    private static void append(char letter, StringBuilder to) {
        int last = to.length() - 1;
        if (last >= 0) {
            char before = to.charAt(last);
            if (before == 'r' && letter == 'n') {
                to.setCharAt(last, 'm');
                return;
            }
            if (before == 'v' && letter == 'v') {
                to.setCharAt(last, 'w');
                return;
            }
            if (before == 'c' && letter == 'l') {
                to.setCharAt(last, 'd');
                return;
            }
        }
        to.append(letter);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
