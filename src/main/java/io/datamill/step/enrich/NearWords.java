package io.datamill.step.enrich;

import java.util.List;

/**
 * Finds the words within a few edits of a text, without looking at each word: a word and a text that are so near have a
 * common rest when as many letters are left out of both. The rests of all words are in one table, by a hash; what it finds
 * is measured. An edit is a letter more, less or other, or two neighbours swapped (optimal string alignment).
 */
final class NearWords {
    /** Most edits there can be. */
    static final int MOST_EDITS = 2;

    /** Shorter words have a neighbour everywhere. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_FOR_TWO = 8;
    private static final long FACTOR = 0x9E3779B97F4A7C15L; // odd, so that every power is a different one

    private final List<String> words;
    private final int edits;
    private long[] hashes = new long[64];
    /** One more than the word's place in the list; 0 is empty. */
    private int[] places = new int[64];

    private int used;

    NearWords(List<String> words, int edits) {
        this.words = words;
        this.edits = edits;
        for (int i = 0; i < words.size(); i++) {
            int place = i + 1;
            rests(words.get(i), editsFor(words.get(i)), hash -> put(hash, place));
        }
    }

    /** @param distance at least 1 */
    record Near(int place, int distance) {}

    /** The nearest word that is not the text itself; of several the first of the list. Null where none is near. */
    Near nearest(String text) {
        Search search = new Search(text);
        if (edits > 0 && text.length() >= SHORTEST - edits) {
            rests(text, edits, search::look);
        }
        return search.best;
    }

    private final class Search {
        private final String text;
        private Near best;

        Search(String text) {
            this.text = text;
        }

        private void look(long hash) {
            for (int slot = slot(hash); places[slot] != 0; slot = (slot + 1) & (places.length - 1)) {
                if (hashes[slot] == hash) {
                    measure(places[slot] - 1);
                }
            }
        }

        private void measure(int place) {
            if (best != null && best.place == place) {
                return;
            }
            String word = words.get(place);
            int distance = distance(word, text);
            boolean near = distance > 0 && distance <= editsFor(word);
            boolean better =
                    best == null || distance < best.distance || (distance == best.distance && place < best.place);
            if (near && better) {
                best = new Near(place, distance);
            }
        }
    }

    private int editsFor(String word) {
        if (word.length() < SHORTEST) {
            return 0;
        }
        return word.length() < SHORTEST_FOR_TWO ? Math.min(edits, 1) : edits;
    }

    private interface Hashes {
        void take(long hash);
    }

    /** The hashes of the text and of what is left of it without one letter, or two. */
    private static void rests(String text, int without, Hashes taker) {
        int length = text.length();
        long[] prefix = new long[length + 1];
        long[] power = new long[length + 1];
        power[0] = 1;
        for (int i = 0; i < length; i++) {
            prefix[i + 1] = prefix[i] * FACTOR + text.charAt(i) + 1;
            power[i + 1] = power[i] * FACTOR;
        }
        taker.take(prefix[length]);
        for (int i = 0; i < length && without > 0; i++) {
            taker.take(joined(prefix[i], i + 1, length, prefix, power));
            for (int j = i + 1; j < length && without > 1; j++) {
                taker.take(joined(joined(prefix[i], i + 1, j, prefix, power), j + 1, length, prefix, power));
            }
        }
    }

    /** The hash of a text of hash {@code head} followed by the characters {@code from} to {@code to}. */
    private static long joined(long head, int from, int to, long[] prefix, long[] power) {
        long part = prefix[to] - prefix[from] * power[to - from];
        return head * power[to - from] + part;
    }

    private int slot(long hash) {
        return (int) ((hash ^ hash >>> 32) * 0x9E3779B9L >>> 7) & (places.length - 1);
    }

    private void put(long hash, int place) {
        if (2 * ++used > places.length) {
            long[] oldHashes = hashes;
            int[] oldPlaces = places;
            hashes = new long[2 * oldHashes.length];
            places = new int[2 * oldPlaces.length];
            for (int i = 0; i < oldPlaces.length; i++) {
                if (oldPlaces[i] != 0) {
                    insert(oldHashes[i], oldPlaces[i]);
                }
            }
        }
        insert(hash, place);
    }

    private void insert(long hash, int place) {
        int slot = slot(hash);
        while (places[slot] != 0) {
            slot = (slot + 1) & (places.length - 1);
        }
        hashes[slot] = hash;
        places[slot] = place;
    }

    /** Optimal string alignment: Damerau and Levenshtein's edits, no place edited twice. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + other);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, beforeLast[j - 2] + 1);
                }
                row[j] = least;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
