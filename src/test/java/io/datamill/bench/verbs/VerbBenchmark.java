package io.datamill.bench.verbs;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One event through one verb; see {@link VerbTable}, which gives the names. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class VerbBenchmark {
    @Param("step drop")
    public String name;

    private Work work;

    /** What the thread itself has used: on a busy machine the clock runs on while others have the processor. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        public long ops;
        public long cpuNanos;
        public long bytes;

        private long cpuBefore;
        private long bytesBefore;

        /** Marks where an iteration starts. */
        @Setup(Level.Iteration)
        public void start() {
            bytesBefore = threads.getCurrentThreadAllocatedBytes();
            cpuBefore = threads.getCurrentThreadCpuTime();
        }

        /** Takes what an iteration has used. */
        @TearDown(Level.Iteration)
        public void stop() {
            cpuNanos = threads.getCurrentThreadCpuTime() - cpuBefore;
            bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        }
    }

    /** Plans and opens the verb. */
    @Setup
    public void open() throws Exception {
        work = Cases.ALL.get(name).opening().call();
    }

    /** JMH drops what is returned where the compiler cannot see it. */
    @Benchmark
    public Object event(Used used) throws Exception {
        used.ops++;
        return work.next();
    }
}
