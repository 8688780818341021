package io.datamill.expression;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelFunctionBinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The function {@code matches}: a part of the text has to fit a pattern of RE2, which takes a time that grows with the
 * text alone. CEL's own compiles its pattern for each event, which costs a hundred times as much as matching does.
 */
final class Patterns {
    static final String FUNCTION = "matches";

    private Patterns() {}

    /** For one runtime, which serves one thread; it keeps each pattern that it has met: those that are written out. */
    @SuppressWarnings("Immutable") // What it gives does not depend on what it has kept.
    static Set<CelFunctionBinding> matches() {
        Map<String, Pattern> compiled = new HashMap<>();
        return CelFunctionBinding.fromOverloads(
                FUNCTION,
                CelFunctionBinding.from(
                        "matches", String.class, String.class, (text, pattern) -> matches(text, pattern, compiled)),
                CelFunctionBinding.from(
                        "matches_string",
                        String.class,
                        String.class,
                        (text, pattern) -> matches(text, pattern, compiled)));
    }

    private static boolean matches(String text, String pattern, Map<String, Pattern> compiled) {
        return compiled.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
    }

    /** The patterns that are made of fields: each event could bring another, which would be compiled for it. */
    static List<CelExpr> notWrittenOut(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL)
                .map(CelNavigableExpr::expr)
                .filter(expr -> expr.call().function().equals(FUNCTION))
                .map(expr -> pattern(expr.call()))
                .filter(expr ->
                        expr.getKind() != Kind.CONSTANT || expr.constant().getKind() != CelConstant.Kind.STRING_VALUE)
                .toList();
    }

    private static CelExpr pattern(CelCall call) {
        return call.args().get(call.args().size() - 1);
    }
}
