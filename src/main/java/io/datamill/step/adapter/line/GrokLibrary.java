package io.datamill.step.adapter.line;

import io.krakens.grok.api.GrokCompiler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pattern definitions that come with java-grok, of which nothing else is used: its matcher takes 20 to 50 us a line. */
final class GrokLibrary {
    private static final List<String> FILES =
            List.of("patterns", "linux-syslog", "java", "ruby", "haproxy", "firewalls", "nagios", "postfix");

    private static final Map<String, String> DEFINITIONS = read();

    private GrokLibrary() {}

    /** By name, as they are written. */
    static Map<String, String> definitions() {
        return DEFINITIONS;
    }

    private static Map<String, String> read() {
        GrokCompiler compiler = GrokCompiler.newInstance();
        FILES.forEach(file -> compiler.registerPatternFromClasspath("/patterns/" + file));
        Map<String, String> definitions = new LinkedHashMap<>(compiler.getPatternDefinitions());
        // A brace is missing in 0.1.9.
        definitions.computeIfPresent(
                "NAGIOSLOGLINE",
                (name, line) -> line.replace("_DISABLE_HOST_CHECK|%{", "_DISABLE_HOST_CHECK}|%{"));
        return Collections.unmodifiableMap(definitions);
    }
}
