package io.datamill.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the server answers, by method and path. */
final class Routes {
    private static final Set<String> SCHEMA = Set.of("schema");
    private static final Set<String> SCHEMA_AND_VERSION = Set.of("schema", "version");
    private static final Set<String> COMPATIBILITY = Set.of("compatibility");

    private interface Action {
        ObjectNode answer(Call call) throws IOException;
    }

    private record Route(String method, List<String> path, Action action) {}

    private final Registry registry;
    private final List<Route> routes = List.of(
            route("GET", "/health", this::health),
            route("GET", "/schemas/{}", this::schema),
            route("GET", "/subjects", this::subjects),
            route("GET", "/subjects/{}/versions", this::versions),
            route("POST", "/subjects/{}/versions", this::register),
            route("GET", "/subjects/{}/versions/{}", this::version),
            route("POST", "/compatibility/subjects/{}/versions", this::compatibility),
            route("GET", "/config/{}", this::level),
            route("PUT", "/config/{}", this::setLevel));

    Routes(Registry registry) {
        this.registry = registry;
    }

    /** @throws Refusal with what to answer instead */
    ObjectNode answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        List<String> path = segments(exchange.getRequestURI().getRawPath());
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            List<String> variables = match(route.path, path);
            if (variables != null && route.method.equals(method)) {
                return route.action.answer(new Call(exchange, variables));
            }
            if (variables != null) {
                methods.add(route.method);
            }
        }
        if (methods.isEmpty()) {
            throw new Refusal(404, "unknown-path", "nothing is at this path; see docs/registry.md");
        }
        exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
        throw new Refusal(405, "bad-method", "this path takes " + String.join(", ", methods));
    }

    private ObjectNode health(Call call) {
        registry.check();
        return object().put("status", "up");
    }

    private ObjectNode schema(Call call) {
        return object().put("id", call.id().toString())
                .put("schema", registry.schema(call.id()).toString());
    }

    private ObjectNode subjects(Call call) {
        ObjectNode answer = object();
        ArrayNode subjects = answer.putArray("subjects");
        registry.subjects().forEach(subjects::add);
        return answer;
    }

    private ObjectNode versions(Call call) {
        ObjectNode answer = object().put("subject", call.subject());
        ArrayNode versions = answer.putArray("versions");
        registry.versions(call.subject())
                .forEach(version -> versions.addObject()
                        .put("version", version.number())
                        .put("id", version.id().toString()));
        return answer;
    }

    private ObjectNode version(Call call) {
        Version version = registry.version(call.subject(), call.version());
        return object().put("subject", version.subject())
                .put("version", version.number())
                .put("id", version.id().toString())
                .put("schema", version.schema().toString());
    }

    private ObjectNode register(Call call) throws IOException {
        JsonNode body = call.body(SCHEMA_AND_VERSION);
        Version version = registry.register(call.subject(), Call.schema(body), Call.number(body));
        return object().put("id", version.id().toString()).put("version", version.number());
    }

    private ObjectNode compatibility(Call call) throws IOException {
        List<String> reasons = registry.reasons(call.subject(), Call.schema(call.body(SCHEMA)));
        ObjectNode answer = object().put("compatible", reasons.isEmpty());
        ArrayNode listed = answer.putArray("reasons");
        reasons.forEach(listed::add);
        return answer;
    }

    private ObjectNode level(Call call) {
        return object().put("compatibility", registry.level(call.subject()).toString());
    }

    private ObjectNode setLevel(Call call) throws IOException {
        String text = Call.text(call.body(COMPATIBILITY), "compatibility");
        registry.setLevel(
                call.subject(),
                CompatibilityLevel.parse(text)
                        .orElseThrow(() -> new Refusal(
                                400,
                                "bad-compatibility",
                                "expected one of " + CompatibilityLevel.all() + ", but read '" + text + "'")));
        return object().put("compatibility", text);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Route route(String method, String path, Action action) {
        return new Route(method, segments(path), action);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** The segments that stand for variables, or null where the path is another one. */
    private static List<String> match(List<String> route, List<String> path) {
        if (route.size() != path.size()) {
            return null;
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (route.get(i).equals("{}")) {
                variables.add(path.get(i));
            } else if (!route.get(i).equals(path.get(i))) {
                return null;
            }
        }
        return variables;
    }
}
