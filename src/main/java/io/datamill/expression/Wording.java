package io.datamill.expression;

import com.google.common.base.Splitter;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.datamill.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Says CEL's complaints in the words of the YAML: one line each, with the column and the nearest name. */
final class Wording {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']*)'");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);

    private static final Set<String> FUNCTIONS = Set.of(
            "size",
            "contains",
            "startsWith",
            "endsWith",
            "matches",
            "lowerAscii",
            "upperAscii",
            "trim",
            "split",
            "join",
            "replace",
            "substring",
            "indexOf",
            "lastIndexOf",
            "charAt",
            "int",
            "double",
            "string",
            "bool",
            "timestamp",
            "duration",
            "exists",
            "all",
            "exists_one",
            "filter",
            "map",
            "getSeconds",
            "getMinutes",
            "getHours",
            "getMilliseconds",
            "getDayOfWeek",
            "getFullYear",
            "getMonth");

    private final String source;
    private final Schema record;

    Wording(String source, Schema record) {
        this.source = source;
        this.record = record;
    }

    String parseError(List<CelIssue> issues) {
        CelIssue first = issues.get(0);
        String message = first.getMessage()
                .replaceAll("(?s)\\s+expecting .*", "")
                .replaceAll("(?s)^(?:mismatched|extraneous) input '<EOF>'", "the expression ends too early")
                .replaceAll("(?s)^(?:mismatched|extraneous) input (.*)", "$1 cannot stand here")
                .replaceAll("(?s)^token recognition error at: (.*)", "$1 cannot be read");
        return at(first.getSourceLocation()) + message;
    }

    List<String> typeErrors(List<CelIssue> issues, CelAbstractSyntaxTree parsed) {
        List<String> lines = new ArrayList<>();
        for (CelIssue issue : issues) {
            if (!issue.getMessage().contains("*error*")) { // Else it follows from one already told.
                lines.add(at(issue.getSourceLocation()) + message(issue, parsed));
            }
        }
        return lines;
    }

    /** A mistake of our own finding. */
    String at(CelAbstractSyntaxTree ast, CelExpr expr, String message) {
        int offset = ast.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
        return at(ast.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE)) + message;
    }

    private String at(CelSourceLocation location) {
        String column = "column " + (location.getColumn() + 1) + ": ";
        return source.contains("\n") ? "line " + location.getLine() + ", " + column : column;
    }

    private String message(CelIssue issue, CelAbstractSyntaxTree parsed) {
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), issue);
        }
        Matcher undefined = UNDEFINED.matcher(issue.getMessage());
        if (undefined.matches()) {
            return undefined(undefined.group(1), issue, parsed);
        }
        Matcher overload = OVERLOAD.matcher(issue.getMessage());
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2));
        }
        return issue.getMessage()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("(?i)^(\\w+) validation failed\\. Reason: (?:evaluation error: )?", "bad $1: ");
    }

    private String undeclared(String name, CelIssue issue) {
        int line = issue.getSourceLocation().getLine() - 1;
        String rest = source.lines().skip(line).findFirst().orElse("");
        boolean function =
                rest.startsWith("(", Math.max(0, issue.getSourceLocation().getColumn()));
        return function
                ? "no function '" + name + "'" + Suggestion.among(name, FUNCTIONS)
                : "no field '" + name + "'" + Suggestion.among(name, names(record));
    }

    private String undefined(String name, CelIssue issue, CelAbstractSyntaxTree parsed) {
        Optional<String> parent = CelNavigableAst.fromAst(parsed)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expr -> expr.id() == issue.getExprId() && expr.getKind() == CelExpr.ExprKind.Kind.SELECT)
                .findFirst()
                .flatMap(expr -> Guards.path(expr.select().operand()));
        List<String> known = parent.map(this::namesBelow).orElse(List.of());
        return "no field '" + name + "'" + parent.map(path -> " in " + path).orElse("") + Suggestion.among(name, known);
    }

    private List<String> namesBelow(String path) {
        Schema schema = record;
        for (String name : Splitter.on('.').split(path)) {
            Schema.Field field = schema.getType() == Schema.Type.RECORD ? schema.getField(name) : null;
            if (field == null) {
                return List.of();
            }
            schema = RecordTypes.present(field.schema());
        }
        return schema.getType() == Schema.Type.RECORD ? names(schema) : List.of();
    }

    private static String overload(String function, String types) {
        String name = function.replaceAll("^_\\?_:_$", "?:")
                .replaceAll("^@?_?(.*?)_?$", "$1")
                .replace("[_]", "[]");
        String applied = types.replaceAll("wrapper\\(([^()]*)\\)", "$1 or null")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration");
        boolean mixed = types.equals("(int, double)") || types.equals("(double, int)");
        return "'" + name + "' does not take " + applied + (mixed ? "; convert one with double() or int()" : "");
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }
}
