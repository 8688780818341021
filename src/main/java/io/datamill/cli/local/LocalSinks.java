package io.datamill.cli.local;

import io.datamill.event.LedgerEntry;
import io.datamill.event.Reject;
import io.datamill.pipeline.Plan;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.RejectConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;

/** Puts one run's collector in the place of every store. */
final class LocalSinks {
    private final long run;

    LocalSinks(Collector collector) {
        this.run = collector.number();
    }

    /** The checks that the stores ask for stay: they are steps of the plan. */
    Plan in(Plan plan) {
        return plan.withSinks((branch, flow) -> List.of(delivery(branch)))
                .withAccounts(new Plan.Accounts(Map.of("local", rejects()), ledger(), null, null));
    }

    /** The pipeline's sinks stay, and the collector gets what they get; whatever else it tells is told to it alone. */
    Plan beside(Plan plan) {
        return plan.withSinks((branch, flow) -> Stream.concat(
                                flow.sinks().stream().map(this::landing), Stream.of(delivery(branch)))
                        .toList())
                .withAccounts(in(plan).accounts());
    }

    private Plan.Delivery landing(Plan.Delivery own) {
        long number = run;
        PlannedSink sink = outcomes -> own.sink()
                .attach(outcomes.filter(event -> Collector.of(number).lands(event))
                        .name("lands")
                        .uid("lands-" + own.id()));
        return new Plan.Delivery(own.path(), own.id(), own.when(), own.projection(), sink);
    }

    private Plan.Delivery delivery(String branch) {
        long number = run;
        PlannedSink sink = outcomes -> {
            attach(outcomes, "outcomes " + branch, event -> Collector.of(number).outcome(branch, event));
            return Optional.empty();
        };
        return new Plan.Delivery("local", "local-" + branch, null, null, sink);
    }

    private RejectConfig rejects() {
        long number = run;
        return (rejects, id, pipeline) -> {
            attach(rejects, id, reject -> Collector.of(number).reject(reject));
            return Optional.empty();
        };
    }

    private LedgerConfig ledger() {
        long number = run;
        return (totals, pipeline) -> {
            attach(totals, "ledger", total -> Collector.of(number).total(total));
            return none(totals);
        };
    }

    private static DataStream<Reject> none(DataStream<LedgerEntry> totals) {
        return totals.filter(total -> false)
                .map(total -> (Reject) null)
                .returns(TypeInformation.of(Reject.class))
                .name("refused")
                .uid("ledger-refused");
    }

    /** What a sink does with each element; it travels. */
    private interface Taking<T> extends java.io.Serializable {
        void take(T element);
    }

    private static <T> void attach(DataStream<T> stream, String name, Taking<T> taking) {
        stream.addSink(new SinkFunction<T>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void invoke(T element, Context context) {
                        taking.take(element);
                    }
                })
                .name(name)
                .uid(name.strip().replace(' ', '-'));
    }
}
