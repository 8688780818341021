package io.datamill.config;

import java.util.List;

/**
 * What is either written out in the pipeline as a list, or stands in a file or directory that the pipeline names.
 *
 * @param list null where a file is named
 * @param reference null where the list is written out
 */
public record ListOrReference<T>(List<T> list, Reference reference) {
    public ListOrReference {
        if ((list == null) == (reference == null)) {
            throw new IllegalArgumentException("expected either a list or a reference");
        }
        list = list == null ? null : List.copyOf(list);
    }
}
