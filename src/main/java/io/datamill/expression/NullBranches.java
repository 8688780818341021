package io.datamill.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelValidationResult;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableIdent;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.navigation.CelNavigableMutableAst;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets {@code bot ? null : user} be a string that may be null. To CEL's checker the null has a type of its own, which is
 * no string; a variable of the type "string or null" that always is null is one. Its name is none that can be written.
 */
final class NullBranches {
    private static final String PREFIX = "@null_";
    private static final Map<String, CelType> VARIABLES = new TreeMap<>(Map.of(
            PREFIX + "bool", NullableType.create(SimpleType.BOOL),
            PREFIX + "double", NullableType.create(SimpleType.DOUBLE),
            PREFIX + "int", NullableType.create(SimpleType.INT),
            PREFIX + "string", NullableType.create(SimpleType.STRING)));

    private NullBranches() {}

    static void declare(CelCompilerBuilder compiler) {
        VARIABLES.forEach(compiler::addVar);
    }

    /** Whether a variable is one of those that are always null. */
    static boolean isNull(String variable) {
        return variable.startsWith(PREFIX);
    }

    /** The check as it is written, or else with a type for its nulls that makes it pass. */
    static CelValidationResult check(CelAbstractSyntaxTree parsed, CelCompiler compiler) {
        CelValidationResult written = compiler.check(parsed);
        if (written.hasError()) {
            for (String variable : VARIABLES.keySet()) {
                CelAbstractSyntaxTree typed = typed(parsed, variable);
                CelValidationResult result = typed == null ? written : compiler.check(typed);
                if (!result.hasError()) {
                    return result;
                }
            }
        }
        return written;
    }

    /** Null where no branch is one. */
    private static CelAbstractSyntaxTree typed(CelAbstractSyntaxTree parsed, String variable) {
        CelMutableAst ast = CelMutableAst.fromCelAst(parsed);
        long replaced = CelNavigableMutableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableMutableExpr::expr)
                .filter(expr -> expr.getKind() == Kind.CALL
                        && expr.call().function().equals(Operator.CONDITIONAL.getFunction()))
                .toList()
                .stream()
                .filter(conditional ->
                        replaced(conditional, 1, variable) | replaced(conditional, 2, variable))
                .count();
        if (replaced == 0) {
            return null;
        }
        // With the source as it was: a mutable one has no positions, which messages need.
        return CelAbstractSyntaxTree.newParsedAst(CelMutableExprConverter.fromMutableExpr(ast.expr()), parsed.getSource());
    }

    private static boolean replaced(CelMutableExpr conditional, int branch, String variable) {
        CelMutableExpr expr = conditional.call().args().get(branch);
        boolean isNull = expr.getKind() == Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.NULL_VALUE;
        if (isNull) {
            expr.setIdent(CelMutableIdent.create(variable));
        }
        return isNull;
    }
}
