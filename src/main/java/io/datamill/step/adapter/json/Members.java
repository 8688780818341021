package io.datamill.step.adapter.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree of names: what is taken of an object, at its top and below. */
final class Members {
    final Map<String, Member> byName = new HashMap<>();

    /** One name of the tree. */
    static final class Member {
        /** Its number within the tree. */
        final int mark;
        /** From the object on, for messages. */
        final String path;

        final Members below = new Members();
        final List<Slot> slots = new ArrayList<>();

        Member(int mark, String path) {
            this.mark = mark;
            this.path = path;
        }
    }

    /** Where a value goes. */
    record Slot(int position, ValueReader reader) {}

    /**
     * The member that a path names, made where it is not there yet.
     *
     * @param prefix of the object in the event, for messages
     * @param count of the members made so far; the first element grows
     */
    Member at(List<String> path, String prefix, int[] count) {
        Members level = this;
        Member member = null;
        StringBuilder reached = new StringBuilder(prefix);
        for (String name : path) {
            reached.append(reached.length() == 0 ? "" : ".").append(name);
            member = level.byName.computeIfAbsent(name, missing -> new Member(count[0]++, reached.toString()));
            level = member.below;
        }
        return member;
    }

    /**
     * The names of a dotted path; {@code \.} is a dot within a name.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    static List<String> path(String written) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length()) {
                name.append(written.charAt(++i));
            } else if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        if (names.contains("")) {
            throw new IllegalArgumentException(
                    "'" + written + "' is no path; give names with a dot between them, and \\. for a dot in a name");
        }
        return List.copyOf(names);
    }
}
