package io.datamill.registry;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.SchemaBuilder;

/** A process of its own that registers schemas in a directory: {@code DIRECTORY NAME COUNT}. It says when it is ready
 * and waits for a byte. */
final class DirectoryWriter {
    private DirectoryWriter() {}

    public static void main(String[] args) throws IOException {
        SchemaBuilder.fixed("Warm").size(4);
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        Registry registry = new Registry(new DirectoryStore(Path.of(args[0])));
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            registry.register("mail", SchemaBuilder.fixed(args[1] + i).size(4), 0);
        }
    }
}
