package io.datamill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What one run of the command said. */
public record CommandRun(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Datamill.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        int exit = command.execute(texts);
        return new CommandRun(exit, out.toString(), err.toString());
    }

    /** The only line of its output. */
    public JsonNode json() throws IOException {
        if (out.lines().count() != 1) {
            throw new AssertionError("expected one line, found: " + out + err);
        }
        return JSON.readTree(out);
    }
}
