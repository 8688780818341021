package io.datamill.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelProtoAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import io.datamill.expression.Expression.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Checks one expression against one record. */
final class Checker {
    private final String source;
    private final Schema record;
    private final RecordTypes types = new RecordTypes();
    private final CelCompiler compiler;
    private final Wording wording;

    Checker(String source, Schema record) {
        this.source = source;
        this.record = record;
        CelCompilerBuilder builder = Language.compiler();
        record.getFields().forEach(field -> builder.addVar(field.name(), types.of(field.schema())));
        NullBranches.declare(builder);
        this.compiler = builder.setTypeProvider(types).build();
        this.wording = new Wording(source, record);
    }

    Expression check(Schema expected) throws InvalidExpressionException {
        int length = source.codePointCount(0, source.length());
        if (length > Language.MAX_LENGTH) {
            throw problem(length + " characters; an expression has at most " + Language.MAX_LENGTH);
        }
        CelAbstractSyntaxTree parsed = parse();
        CelAbstractSyntaxTree ast = checkTypes(parsed);
        Nullability nullability = new Nullability(ast, types, record, wording);
        boolean nullable = nullability.check();
        List<String> issues = new ArrayList<>(nullability.issues());
        Patterns.notWrittenOut(ast)
                .forEach(
                        pattern -> issues.add(wording.at(ast, pattern, "matches takes a pattern that is written out")));
        issues.addAll(wording.typeErrors(literals(ast), parsed));
        if (!issues.isEmpty()) {
            throw new InvalidExpressionException(issues);
        }
        Schema type = type(ast.getResultType(), nullable);
        if (expected != null && !fits(type, expected)) {
            throw problem("gives " + name(type) + ", but " + name(expected) + " is needed");
        }
        byte[] checked =
                CelProtoAbstractSyntaxTree.fromCelAst(ast).toCheckedExpr().toByteArray();
        return new Expression(source, type, checked, inputs(ast));
    }

    private CelAbstractSyntaxTree parse() throws InvalidExpressionException {
        CelValidationResult result = compiler.parse(source);
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            // Of several parse errors only the first is not a consequence of another.
            throw problem(wording.parseError(result.getErrors()));
        }
    }

    private CelAbstractSyntaxTree checkTypes(CelAbstractSyntaxTree parsed) throws InvalidExpressionException {
        CelValidationResult result = NullBranches.check(parsed, compiler);
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new InvalidExpressionException(wording.typeErrors(result.getErrors(), parsed));
        }
    }

    /** What the type checker takes as mere text: patterns, times and durations. */
    private List<CelIssue> literals(CelAbstractSyntaxTree ast) {
        return CelValidatorFactory.standardCelValidatorBuilder(compiler, Language.runtime())
                .addAstValidators(
                        RegexLiteralValidator.INSTANCE,
                        TimestampLiteralValidator.INSTANCE,
                        DurationLiteralValidator.INSTANCE)
                .build()
                .validate(ast)
                .getErrors();
    }

    private Schema type(CelType type, boolean nullable) throws InvalidExpressionException {
        Schema schema = switch (type.kind()) {
            case BOOL -> Schema.create(Schema.Type.BOOLEAN);
            case INT -> Schema.create(Schema.Type.LONG);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case STRING -> Schema.create(Schema.Type.STRING);
            case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case LIST ->
                Schema.createArray(
                        type(((ListType) type).elemType(), ((ListType) type).elemType() instanceof NullableType));
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case MAP -> map((MapType) type);
            case STRUCT -> types.record(type).orElseThrow(() -> noField(type));
            case DURATION -> throw problem("gives a duration, which no field holds; take its .getSeconds()");
            default -> throw noField(type);
        };
        return nullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), schema) : schema;
    }

    private Schema map(MapType type) throws InvalidExpressionException {
        if (type.keyType().kind() != CelKind.STRING) {
            throw noField(type);
        }
        return Schema.createMap(type(type.valueType(), type.valueType() instanceof NullableType));
    }

    private static InvalidExpressionException noField(CelType type) {
        return problem("gives " + type.name() + ", which no field holds; give bool, int, double, string, bytes,"
                + " timestamp, a record, a list or a map by string");
    }

    private static boolean fits(Schema type, Schema expected) {
        boolean nullable = !type.isNullable() || expected.isNullable();
        Schema given = RecordTypes.present(type);
        Schema needed = RecordTypes.present(expected);
        return nullable
                && given.getType() == needed.getType()
                && Objects.equals(given.getLogicalType(), needed.getLogicalType());
    }

    private static String name(Schema schema) {
        Schema present = RecordTypes.present(schema);
        String name = switch (present.getType()) {
            case LONG -> RecordTypes.isTimestamp(present) ? "timestamp" : "int";
            case BOOLEAN -> "bool";
            case ARRAY -> "a list";
            default -> present.getType().getName();
        };
        return schema.isNullable() ? name + " or null" : name;
    }

    private List<Input> inputs(CelAbstractSyntaxTree ast) {
        Set<String> names = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.IDENT)
                .map(node -> node.expr().ident().name())
                .collect(Collectors.toSet());
        return record.getFields().stream()
                .filter(field -> names.contains(field.name()))
                .map(field -> new Input(field.name(), field.pos(), field.schema()))
                .toList();
    }

    private static InvalidExpressionException problem(String message) {
        return new InvalidExpressionException(List.of(message));
    }
}
