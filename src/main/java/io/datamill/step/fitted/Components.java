package io.datamill.step.fitted;

import java.util.Collection;
import java.util.List;

/** What pca learned of a sample: the means and the weights in the order of the fields. */
record Components(List<String> fields, List<Double> means, List<Component> components) implements Parameters {
    Components {
        if (means.size() != fields.size()
                || components.stream().anyMatch(component -> component.weights.size() != fields.size())) {
            throw new IllegalArgumentException("expected as many means and weights as fields");
        }
        means.forEach(mean -> Parameters.finite("means", mean));
    }

    @Override
    public Collection<String> about() {
        return fields;
    }

    /** The same, with the fields in another order. */
    Components ordered(List<String> order) {
        return new Components(
                order,
                order.stream().map(name -> means.get(fields.indexOf(name))).toList(),
                components.stream()
                        .map(component -> new Component(
                                component.variance,
                                component.share,
                                order.stream()
                                        .map(name -> component.weights.get(fields.indexOf(name)))
                                        .toList()))
                        .toList());
    }

    /**
     * One direction, of length 1.
     *
     * @param variance of the sample along it, divided by the rows less one
     * @param share of all the sample's variance, 0 to 1
     */
    record Component(double variance, double share, List<Double> weights) {
        Component {
            Parameters.finite("variance", variance);
            Parameters.finite("share", share);
            weights.forEach(weight -> Parameters.finite("weights", weight));
        }
    }
}
