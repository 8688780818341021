package io.datamill.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnprivilegedTest {
    @Test
    void leavesTheCommandAloneWhereTheUserIsNotRoot() {
        var plain = Unprivileged.choose(false, way -> false);
        assertThat(plain.command(List.of("postgres")).command()).containsExactly("postgres");
    }

    @Test
    void prefersAUserNamespaceSinceFilesNeedNotBeGivenAway() {
        var chosen = Unprivileged.choose(true, way -> true);
        assertThat(chosen.command(List.of("postgres")).command())
                .startsWith("unshare")
                .endsWith("postgres");
    }

    @Test
    void changesTheUserWhereNamespacesAreShutOff() {
        var chosen = Unprivileged.choose(true, way -> way.prefix().get(0).equals("setpriv"));
        assertThat(chosen).isEqualTo(Unprivileged.SETPRIV);
    }

    @Test
    void saysWhatToDoWhereNeitherWorks() {
        assertThatThrownBy(() -> Unprivileged.choose(true, way -> false))
                .isInstanceOf(LabException.class)
                .hasMessage("Elasticsearch and Postgres refuse to run as root, and neither `unshare -U`"
                        + " (user namespaces) nor `setpriv` works here: start the lab as another user,"
                        + " or install util-linux");
    }

    @Test
    void takesWhateverThisMachineOffers() throws Exception {
        Process id = Unprivileged.detect().command(List.of("id", "-u")).start();
        var user = new String(id.getInputStream().readAllBytes(), US_ASCII).strip();
        assertThat(Integer.parseInt(user)).isPositive();
    }
}
