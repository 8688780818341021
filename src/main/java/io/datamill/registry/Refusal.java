package io.datamill.registry;

import java.util.List;

/** What the server answers instead of doing what was asked: an HTTP status, a stable code, and what is wrong. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<String> reasons;

    Refusal(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    Refusal(int status, String code, String message, List<String> reasons) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.reasons = reasons;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Of an evolution that is not allowed; else empty. */
    List<String> reasons() {
        return reasons;
    }
}
