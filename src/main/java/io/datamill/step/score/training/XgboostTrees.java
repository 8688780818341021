package io.datamill.step.score.training;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.datamill.step.score.Additive;
import io.datamill.step.score.Linear;
import io.datamill.step.score.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Takes the trees out of a booster of XGBoost that was trained with objective {@code binary:logistic} on label 1 for
 * what is not to be trusted, boosted or as a forest ({@code num_parallel_tree}). Read from XGBoost's documented JSON form
 * of a model (<a href="https://xgboost.readthedocs.io/en/release_2.1.0/tutorials/saving_model.html">its schema</a>), in
 * which every float has all its digits. The margin of what comes out is the booster's with the other sign.
 */
public final class XgboostTrees {
    /** XGBoost writes NaN where a split is categorical. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final JsonNode json;
    private final int nodes;
    private final int[] feature;
    private final float[] threshold;
    private final int[] below;
    private final int[] notBelow;
    private final boolean[] missingBelow;
    private final double[] value;
    private final double[] cover;

    private XgboostTrees(JsonNode json, int[] order) {
        this.json = json;
        this.nodes = order.length;
        this.feature = new int[nodes];
        this.threshold = new float[nodes];
        this.below = new int[nodes];
        this.notBelow = new int[nodes];
        this.missingBelow = new boolean[nodes];
        this.value = new double[nodes];
        this.cover = new double[nodes];
    }

    /**
     * @throws IllegalArgumentException if it is no booster of this kind: with another objective, linear or DART, or with
     *     categorical splits
     */
    public static Additive of(Booster booster) {
        JsonNode learner = learner(booster);
        require("gbtree", learner.at("/gradient_booster/name").asText(), "booster");
        require("binary:logistic", learner.at("/objective/name").asText(), "objective");
        List<Tree> trees = new ArrayList<>();
        for (JsonNode tree : learner.at("/gradient_booster/model/trees")) {
            if (!tree.path("categories_nodes").isEmpty()) {
                throw new IllegalArgumentException("a booster with categorical splits cannot be taken over");
            }
            trees.add(tree(tree));
        }
        float baseScore =
                Float.parseFloat(learner.at("/learner_model_param/base_score").asText());
        // In floats, as XGBoost itself computes it.
        return new Additive((float) Math.log(1 / baseScore - 1), Linear.NONE, trees);
    }

    private static JsonNode learner(Booster booster) {
        try {
            return MAPPER.readTree(booster.toByteArray("json")).path("learner");
        } catch (XGBoostError | IOException e) {
            throw new IllegalStateException("the booster cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    private static void require(String expected, String found, String key) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException(key + ": expected '" + expected + "'; found '" + found + "'");
        }
    }

    private static Tree tree(JsonNode json) {
        int[] order = order(json);
        XgboostTrees arrays = new XgboostTrees(json, order);
        int child = 1;
        for (int node = 0; node < order.length; node++) {
            arrays.take(node, order[node], child);
            child += arrays.feature[node] < 0 ? 0 : 2;
        }
        return Tree.ofLeaves(
                arrays.feature,
                arrays.threshold,
                arrays.below,
                arrays.notBelow,
                arrays.missingBelow,
                arrays.value,
                arrays.cover);
    }

    /** The nodes that are in use, level by level: pruning leaves others behind. */
    private static int[] order(JsonNode json) {
        List<Integer> order = new ArrayList<>(List.of(0));
        for (int at = 0; at < order.size(); at++) {
            int left = json.path("left_children").path(order.get(at)).asInt();
            if (left >= 0) {
                order.add(left);
                order.add(json.path("right_children").path(order.get(at)).asInt());
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private void take(int node, int theirs, int child) {
        boolean leaf = json.path("left_children").path(theirs).asInt() < 0;
        // A leaf's value stands where others have their threshold.
        float condition = (float) json.path("split_conditions").path(theirs).asDouble();
        feature[node] = leaf ? -1 : json.path("split_indices").path(theirs).asInt();
        threshold[node] = leaf ? 0 : condition;
        below[node] = leaf ? -1 : child;
        notBelow[node] = leaf ? -1 : child + 1;
        missingBelow[node] = !leaf && json.path("default_left").path(theirs).asInt() != 0;
        value[node] = leaf ? -condition : 0;
        cover[node] = json.path("sum_hessian").path(theirs).asDouble();
    }
}
