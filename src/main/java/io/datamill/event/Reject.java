package io.datamill.event;

/**
 * An event or row that cannot go on, with all that is needed to understand it and to run it again.
 *
 * @param tenant empty where it could not be read
 * @param id the event's id; empty where it could not be read
 * @param position of the record it came from
 * @param payload the raw record where a step refused it; what the store was given where a sink did
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes travel as they are.
public record Reject(String tenant, String id, Position position, Cause cause, byte[] payload) {

    /**
     * Why, and who said so.
     *
     * @param step the path of the step or sink in the pipeline's file, such as {@code adapter.avro} or {@code
     *     sinks[0].postgres}
     * @param reason a stable code in upper case, such as {@code UNKNOWN_SCHEMA} or {@code SQLSTATE_22021}
     * @param message what was read and what was expected, for a person
     * @param pipeline name and version of the pipeline that refused it
     */
    public record Cause(String step, String reason, String message, String pipeline) {}
}
