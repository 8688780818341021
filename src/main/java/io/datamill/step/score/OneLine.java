package io.datamill.step.score;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.lang.reflect.Array;

/** Writes an array of numbers or truths on one line: a tree has thousands of them. */
final class OneLine extends JsonSerializer<Object> {

    @Override
    public void serialize(Object array, JsonGenerator generator, SerializerProvider provider) throws IOException {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Array.getLength(array); i++) {
            text.append(i == 0 ? "" : ", ").append(text(Array.get(array, i)));
        }
        generator.writeRawValue(text.append(']').toString());
    }

    /** The shortest digits on every JDK; Double.toString changed with JDK 19. */
    private static String text(Object element) {
        if (element instanceof Double number) {
            return NumberOutput.toString((double) number, true);
        }
        return element instanceof Float number ? NumberOutput.toString((float) number, true) : element.toString();
    }
}
