package io.datamill.step.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.event.Fate;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.testing.LocalRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that remember and look up, one behind the other, as they run: shuffles, types and the ledger. */
class JoinJobTest {
    @TempDir
    private Path directory;

    @Test
    void joinsGroupsAndLooksUpInOneJob() throws Exception {
        Path shops = Files.writeString(directory.resolve("shops.csv"), "id,city\n0,Gent\n1,Aalst\n");
        Plan plan = new Planner(Catalog.STANDARD).trial().plan("""
                pipeline: orders
                inputs:
                  orders:
                    adapter: { json: { fields: { at: timestamp, order: string, shop: int, amount: long, status: string? } } }
                    event: { id: order, time: at }
                  shipments:
                    adapter: { json: { fields: { at: timestamp, ref: string, carrier: string } } }
                    event: { time: at }
                steps:
                  - impute-last: { id: status, key: [shop], fields: [status], within: 1h }
                  - join: { id: shipped, with: shipments, on: { order: ref }, after: 10m, as: shipment, kind: left }
                  - lookup: { id: shops, from: { csv: "%s" }, on: { shop: id }, take: { city: string }, as: place }
                  - derive: { carrier: "shipment == null ? 'none' : shipment.carrier" }
                  - group:
                      id: hourly
                      key: [carrier, shop]
                      window: { tumbling: 1h }
                      aggregates: { orders: count, amount: "sum(amount)", distinct: "distinct(order)", statuses: "top(status, 1)" }
                """.formatted(shops));
        List<String> orders = new ArrayList<>();
        List<String> shipments = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String at = "2026-03-01T11:%02d:%02d.000Z".formatted(i / 60, i % 60);
            String status = i < 2 ? "\"open\"" : "null";
            orders.add("{\"at\":\"%s\",\"order\":\"o%d\",\"shop\":%d,\"amount\":%d,\"status\":%s}"
                    .formatted(at, i, i % 2, i, status));
            if (i % 4 != 3) {
                shipments.add("{\"at\":\"%s\",\"ref\":\"o%d\",\"carrier\":\"ups\"}".formatted(at, i));
            }
        }

        LocalRuns.Result result = LocalRuns.run(
                plan,
                Map.of(
                        "orders", LocalRuns.text(orders.toArray(String[]::new)),
                        "shipments", LocalRuns.text(shipments.toArray(String[]::new))));

        assertThat(result.rejects()).isEmpty();
        // Of shop 0 all orders are shipped; of shop 1 every second, of numbers 1, 5, 9 and so on.
        assertThat(result.outcomes().get(""))
                .extracting(JoinJobTest::line)
                .containsExactlyInAnyOrder("ups 0 100 9900 open", "ups 1 50 4950 open", "none 1 50 5050 open");
        assertThat(result.outcomes().get(""))
                .allSatisfy(outcome -> assertThat(outcome.get("window_end").asText())
                        .isEqualTo("2026-03-01T12:00:00.000Z"));
        assertThat(result.summary().isBalanced()).isTrue();
        assertThat(result.summary().count(Fate.OUT)).isEqualTo(3);
    }

    private static String line(JsonNode outcome) {
        assertThat(outcome.get("distinct")).isEqualTo(outcome.get("orders"));
        return String.join(
                " ",
                outcome.get("carrier").asText(),
                outcome.get("shop").asText(),
                outcome.get("orders").asText(),
                outcome.get("amount").asText(),
                outcome.at("/statuses/0/value").asText());
    }
}
