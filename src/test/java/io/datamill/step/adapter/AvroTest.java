package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.testing.Events;
import io.datamill.testing.Mails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroTest {
    private final Adapter adapter = Mails.adapter();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void readsEveryVersionAsTheOneNamed(int version) throws Exception {
        adapter.open();
        Object[] values = Events.only(adapter, Mails.mail(version)).values();
        assertThat(values).hasSameSizeAs(adapter.schema().getFields());
        assertThat(value(values, "from_domain")).isEqualTo("a.example");
        assertThat(value(values, "size_bytes")).isEqualTo(0L);
    }

    @Test
    void travelsClosedAndOpensWhereItRuns() throws Exception {
        Adapter arrived = InstantiationUtil.clone(adapter);
        arrived.open();
        assertThat(Events.only(arrived, Mails.mail(4)).writerSchema()).isNotNull();
        arrived.close();
    }

    @Test
    void givesTheProjectedFieldsOnly() throws Exception {
        Adapter some = adapter.projected(List.of("from_domain", "event_id"));
        some.open();
        assertThat(some.schema().getFields()).extracting(Schema.Field::name).containsExactly("event_id", "from_domain");
        assertThat(Events.only(some, Mails.mail(1)).values()).containsExactly("id-1", "a.example");
        assertThat(Events.only(some, Mails.mail(4, "from_domain", null)).values())
                .containsExactly("id-1", null);
    }

    @Test
    void rejectsWhatItCannotReadUnderTheReasonOfTheFormat() throws Exception {
        adapter.open();
        byte[] good = Mails.mail(4).data();
        byte[] wrongHeader = good.clone();
        wrongHeader[0] = 9;
        byte[] unknownSchema = good.clone();
        unknownSchema[7] ^= 1;
        assertRejected("TRUNCATED", Arrays.copyOf(good, good.length - 1));
        assertRejected("TRAILING_BYTES", Arrays.copyOf(good, good.length + 1));
        assertRejected("WRONG_HEADER", wrongHeader);
        assertRejected("UNKNOWN_SCHEMA", unknownSchema);
        assertRejected("TOO_SHORT", new byte[0]);
    }

    private void assertRejected(String reason, byte[] data) {
        SourceRecord record = Events.record(data);
        assertThatThrownBy(() -> Events.only(adapter, record))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void saysWhichSchemaIsMissingAndWhatIsNear() {
        List<String> problems = new ArrayList<>();
        assertThat(new Avro.Config(new Reference(Mails.REGISTRY), "email-metadata-4")
                        .plan((option, message) -> problems.add(option + ": " + message)))
                .isNull();
        assertThat(problems).singleElement().asString().startsWith("schema: ").contains("email-metadata-v4");
    }

    @Test
    void reportsARegistryThatIsNotThere() {
        List<String> problems = new ArrayList<>();
        new Avro.Config(new Reference("no/such/folder"), "a").plan((option, message) -> problems.add(option));
        new Avro.Config(new Reference("${env:NO_SUCH_VARIABLE_HERE}"), "a")
                .plan((option, message) -> problems.add(option));
        assertThat(problems).containsExactly("registry", "registry");
    }

    private Object value(Object[] values, String field) {
        return values[adapter.schema().getField(field).pos()];
    }
}
