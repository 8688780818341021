package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLocationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://                           | is no URL
            http://user:secret@host           | without user
            http://host?x=y                   | without user and query
            http://host:8085#keep=/tmp        | expected #cache=DIRECTORY
            http://host:8085#cache=           | expected #cache=DIRECTORY
            glue://events                     | glue://region/registry-name
            glue://eu-central-1               | glue://region/registry-name
            glue://somewhere/events           | glue://region/registry-name
            glue://eu-central-1/events?url=x  | glue://region/registry-name
            """)
    void refusesWhatIsNoRegistry(String uri, String message) {
        assertThatThrownBy(() -> new RegistryLocation(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "https://registry.example/datamill/#cache=/var/cache/datamill"})
    void aRegistryThatIsDownCanBeOpenedAndIsOneForAll(String uri) {
        SchemaRegistry opened = new RegistryLocation(uri).open();

        assertThat(opened).isInstanceOf(CachingSchemaRegistry.class);
        assertThat(new RegistryLocation(uri).open()).isSameAs(opened);
    }

    @Test
    void gluesLibraryIsLoadedOnlyForGlue() throws Exception {
        try (var loader = new WithoutAws()) {
            Class<?> location = loader.loadClass(RegistryLocation.class.getName());

            open(location, "kinesis-fixtures/email-metadata/schemas");
            open(location, "http://127.0.0.1:1");
            assertThatThrownBy(() -> open(location, "glue://eu-central-1/events"))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    private static void open(Class<?> location, String uri) throws ReflectiveOperationException {
        location.getMethod("open").invoke(location.getConstructor(String.class).newInstance(uri));
    }

    /** The class path, but for AWS's library. */
    private static final class WithoutAws extends URLClassLoader {
        WithoutAws() {
            super(
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(WithoutAws::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("software.amazon.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
