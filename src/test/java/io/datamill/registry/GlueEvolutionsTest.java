package io.datamill.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.schema.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * The evolutions that AWS's own registry is tested with (awslabs/aws-glue-schema-registry, multilang-schema-registry):
 * what is said in their docs to be allowed or not. Those that are allowed differ in the record's name, which Glue lets
 * pass and Avro does not; a record that its reader would refuse is refused here, so they are compared under one name.
 */
class GlueEvolutionsTest {
    private static final String AVRO = "glue-schema-registry/multilang-schema-registry/shared/test/avro/";

    @Test
    void allowsTheEvolutionsThatAreAllowed() throws IOException {
        Schema[] users = {named("backward/user_v1"), named("backward/user_v2")};
        assertThat(allowed(CompatibilityLevel.BACKWARD, users[1], users[0])).isTrue();
        assertThat(allowed(CompatibilityLevel.BACKWARD_TRANSITIVE, named("backward/user_v3"), users))
                .isTrue();

        Schema[] orders = {named("forward/order_v1"), named("forward/order_v2")};
        assertThat(allowed(CompatibilityLevel.FORWARD, orders[1], orders[0])).isTrue();
        assertThat(allowed(CompatibilityLevel.FORWARD_TRANSITIVE, named("forward/order_v3"), orders))
                .isTrue();

        assertThat(allowed(CompatibilityLevel.FULL_TRANSITIVE, named("full/profile_v2"), named("full/profile_v1")))
                .isTrue();
        assertThat(allowed(CompatibilityLevel.NONE, read("none/test_v2"), read("none/test_v1")))
                .isTrue();
    }

    @Test
    void refusesTheEvolutionsThatAreNotAndSaysWhy() throws IOException {
        Schema employee = read("negative/backward/employee_v1");
        assertThat(reasons(CompatibilityLevel.BACKWARD, "negative/backward/employee_v2", employee))
                .singleElement()
                .asString()
                .contains("field 'requiredEmail' is not in version 1, and has no default");
        assertThat(reasons(
                        CompatibilityLevel.BACKWARD_TRANSITIVE,
                        "negative/backward/employee_v3",
                        employee,
                        read("negative/backward/employee_v2")))
                .hasSize(4)
                .allMatch(reason -> reason.contains("'requiredSalary'") || reason.contains("'requiredStartDate'"));

        Schema product = read("negative/forward/product_v1");
        assertThat(reasons(CompatibilityLevel.FORWARD, "negative/forward/product_v2", product))
                .singleElement()
                .asString()
                .contains("field 'category' is not in the new schema, and has no default in version 1");
        assertThat(reasons(
                        CompatibilityLevel.FORWARD_TRANSITIVE,
                        "negative/forward/product_v3",
                        product,
                        read("negative/forward/product_v2")))
                .isNotEmpty();

        Schema account = read("negative/full/account_v1");
        assertThat(reasons(CompatibilityLevel.FULL, "negative/full/account_v2", account))
                .singleElement()
                .asString()
                .contains("'requiredNewField'");
        assertThat(reasons(CompatibilityLevel.FULL, "negative/full/account_v3", account))
                .containsExactly(
                        "the new schema cannot read version 1: field 'balance' is int in the new schema, but may be"
                                + " double in version 1",
                        "version 1 cannot read the new schema: field 'status' may be [CLOSED] of enum AccountStatus in"
                                + " the new schema, which version 1 does not have, nor a default for others");
    }

    @Test
    void aRecordOfAnotherNameIsRefusedAsItsReaderWould() throws IOException {
        assertThat(reasons(CompatibilityLevel.BACKWARD, "backward/user_v2", read("backward/user_v1")))
                .containsExactly("the new schema cannot read version 1: the whole is record user_v2 in the new schema,"
                        + " but record user_v1 in version 1; a name must stay");
    }

    private static boolean allowed(CompatibilityLevel level, Schema candidate, Schema... earlier) {
        return CompatibilityTest.reasons(level, candidate, earlier).isEmpty();
    }

    private static List<String> reasons(CompatibilityLevel level, String candidate, Schema... earlier)
            throws IOException {
        return CompatibilityTest.reasons(level, read(candidate), earlier);
    }

    private static Schema named(String file) throws IOException {
        Schema schema = read(file);
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord("Same", null, null, false, fields);
    }

    private static Schema read(String file) throws IOException {
        return new Schema.Parser().parse(Files.readString(SharedData.find(AVRO + file + ".avsc")));
    }
}
