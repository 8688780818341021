package io.datamill.bench.verbs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** Values as real events have them, varied by a number: the same for the same number. */
final class Varied {
    private static final String[] WORDS = """
            account agenda attached budget change confirm customer delivery draft event friday holiday invoice
            launch meeting monday newsletter notes offer order payment project question receipt release reminder report
            review sale schedule security shipping statement status summary team ticket travel update week""".split("\\s+");
    private static final String[] NAMES = """
            ada alan barbara dennis edsger frances grace hedy john ken leslie margaret niklaus radia tim vint""".strip().split("\\s+");
    private static final String[] SUFFIXES = {"com", "org", "net", "co.uk", "de", "com.au", "io", "github.io"};
    private static final String[] AGENTS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/%d.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%d.5"
                + " Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile"
                + " Safari/537.36",
        "Mozilla/5.0 (compatible; Googlebot/2.%d; +http://www.google.com/bot.html)",
        "curl/7.%d.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%d.1"
                + " Safari/605.1.15",
        "python-requests/2.%d.0",
    };
    private static final long START = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

    private Varied() {}

    private static Random random(int i) {
        return new Random(i * 0x9E3779B97F4A7C15L);
    }

    static int number(int i, int below) {
        return random(i).nextInt(below);
    }

    static double real(int i) {
        return random(i).nextGaussian();
    }

    static String name(int i) {
        return NAMES[number(i, NAMES.length)];
    }

    static String word(int i) {
        return WORDS[number(i, WORDS.length)];
    }

    /** Of so many words. */
    static String text(int i, int words) {
        Random random = random(i);
        StringBuilder text = new StringBuilder(capital(WORDS[random.nextInt(WORDS.length)]));
        for (int word = 1; word < words; word++) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    static String domain(int i) {
        return word(i) + i % 100 + '.' + SUFFIXES[i % SUFFIXES.length];
    }

    static String mail(int i) {
        return name(i) + '.' + word(i + 1) + '@' + domain(i);
    }

    static String ip(int i) {
        Random random = random(i);
        return i % 8 == 7
                ? String.format("2a01:%x:%x::%x", random.nextInt(1 << 16), random.nextInt(1 << 16), i)
                : (1 + random.nextInt(222)) + "." + random.nextInt(256) + '.' + random.nextInt(256) + '.' + i % 256;
    }

    static String url(int i) {
        String parameters = i % 2 == 0 ? "?utm_source=news&utm_campaign=spring%20sale&id=" + i : "";
        return "https://www." + domain(i) + '/' + word(i + 2) + '/' + word(i + 3) + parameters;
    }

    static String agent(int i) {
        return String.format(AGENTS[i % AGENTS.length], 16 + i);
    }

    static long millis(int i) {
        return START + number(i, 86_400_000);
    }

    static String time(int i) {
        return Instant.ofEpochMilli(millis(i)).toString();
    }

    static String time(int i, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .format(Instant.ofEpochMilli(millis(i)).atOffset(ZoneOffset.ofHours(i % 12)));
    }

    /** A line of an access log in the combined format. */
    static String accessLine(int i) {
        return ip(i) + " - " + (i % 4 == 0 ? name(i) : "-") + " [" + time(i, "dd/MMM/yyyy:HH:mm:ss Z") + "] \"GET /"
                + word(i) + '/' + word(i + 1) + ".html HTTP/1.1\" " + (i % 9 == 0 ? 404 : 200) + ' '
                + number(i, 100_000) + " \"" + url(i + 1) + "\" \"" + agent(i) + '"';
    }
}
