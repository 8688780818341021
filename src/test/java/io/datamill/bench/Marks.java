package io.datamill.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What the process had used up at one moment, all threads together: those that compile, collect garbage and write
 * checkpoints too.
 *
 * @param cpuNanos CPU time
 * @param pauseMillis time in garbage collection
 * @param allocated bytes, by the threads that live now
 */
record Marks(long events, long cpuNanos, long wallNanos, long pauseMillis, long allocated) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Marks at(long events) {
        long pauses = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        long allocated = Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return new Marks(events, PROCESS.getProcessCpuTime(), System.nanoTime(), pauses, allocated);
    }

    /** From here to there. */
    Figures until(Marks end) {
        double count = end.events - events;
        return new Figures(
                count * 1e9 / (end.cpuNanos - cpuNanos),
                count * 1e9 / (end.wallNanos - wallNanos),
                (end.allocated - allocated) / count,
                (end.pauseMillis - pauseMillis) * 1e6 / (end.wallNanos - wallNanos));
    }

    /**
     * The figures of one stretch.
     *
     * @param perCpuSecond events
     * @param perSecond events
     * @param bytesPerEvent allocated
     * @param pauses share of the time that went into garbage collection
     */
    record Figures(double perCpuSecond, double perSecond, double bytesPerEvent, double pauses) {}
}
