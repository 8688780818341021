package io.datamill.step.transform.parse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The states, territories and military "states" of US postal addresses: USPS Publication 28, appendix B. */
final class UsStates {
    /** Of a name: District of Columbia, Northern Mariana Islands. */
    static final int MOST_WORDS = 3;

    private static final Map<String, String> CODES = new HashMap<>();
    private static final Set<String> KNOWN = new HashSet<>();

    static {
        String names = """
                AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;\
                DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;\
                KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;\
                MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;\
                NM New Mexico;NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;\
                PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;\
                VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;\
                AS American Samoa;GU Guam;MP Northern Mariana Islands;PR Puerto Rico;VI Virgin Islands;\
                FM Micronesia;MH Marshall Islands;PW Palau;AA;AE;AP""";
        for (String entry : names.split(";", -1)) {
            String code = entry.substring(0, 2);
            KNOWN.add(code);
            if (entry.length() > 2) {
                CODES.put(entry.substring(3).toUpperCase(Locale.ROOT), code);
            }
        }
    }

    private UsStates() {}

    /** The code of a state written as its code or name, in upper or lower case; null where it is none. */
    static String code(String written) {
        String upper = written.toUpperCase(Locale.ROOT);
        if (KNOWN.contains(upper)) {
            return upper;
        }
        return CODES.get(upper);
    }
}
