package io.datamill.bench.verbs;

/** One event or record after the other through one opened step or adapter, without end. */
@FunctionalInterface
interface Work {

    /** The next one: what came out of it, or how many; null where nothing did. */
    Object next() throws Exception;
}
