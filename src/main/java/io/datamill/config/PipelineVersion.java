package io.datamill.config;

import java.io.Serializable;

/**
 * Which pipeline made an outcome; part of the lineage of each.
 *
 * @param name the pipeline's name
 * @param digest the first 12 hexadecimal digits of the SHA-256 of its file
 * @param generation 0 for the live run; a backfill that shall replace what is there has a higher one
 */
public record PipelineVersion(String name, String digest, int generation) implements Serializable {
    @Override
    public String toString() {
        return name + '@' + digest;
    }
}
