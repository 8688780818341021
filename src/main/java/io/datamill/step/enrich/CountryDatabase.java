package io.datamill.step.enrich;

import com.google.common.net.InetAddresses;
import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * A MaxMind DB file on the heap. Not mapped: whoever overwrites a mapped file in place kills the process. All subtasks of
 * a JVM share one copy of a file, for as long as one of them holds it.
 */
final class CountryDatabase {
    /** The longest IP address in text: an IPv6 one that ends in an IPv4 one. */
    private static final int LONGEST = 45;

    private static final Map<Version, WeakReference<CountryDatabase>> OPEN = new HashMap<>();

    private record Version(Path path, FileTime modified, long size) {}

    private final Path path;
    private final Reader reader;
    private final boolean onlyIpv4;
    private final String name;

    private CountryDatabase(Path path) throws IOException {
        this.path = path;
        this.reader = new Reader(path.toFile(), Reader.FileMode.MEMORY, new CHMCache());
        var metadata = reader.getMetadata();
        this.onlyIpv4 = metadata.ipVersion() == 4;
        this.name = metadata.databaseType()
                + ' '
                + metadata.buildTime().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** @throws IOException naming the file, if it cannot be read or is no such database */
    static synchronized CountryDatabase open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("database " + path + " is not there, or no file");
        }
        Version version = new Version(path.toRealPath(), Files.getLastModifiedTime(path), Files.size(path));
        WeakReference<CountryDatabase> known = OPEN.get(version);
        CountryDatabase database = known == null ? null : known.get();
        if (database == null) {
            database = read(path);
            OPEN.values().removeIf(reference -> reference.get() == null);
            OPEN.put(version, new WeakReference<>(database));
        }
        return database;
    }

    private static CountryDatabase read(Path path) throws IOException {
        try {
            CountryDatabase database = new CountryDatabase(path);
            database.country("1.1.1.1"); // Some damage shows at the first look-up only.
            return database;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The library throws what comes: ClassCast, BufferUnderflow, NegativeArraySize and so on.
            throw new IOException("database " + path + " is no readable MaxMind DB: " + e, e);
        }
    }

    /** Its type and build date. */
    String name() {
        return name;
    }

    /**
     * The ISO 3166-1 alpha-2 code, or null where the address is none or is not known.
     *
     * @throws IllegalStateException naming the file, if it is corrupt
     */
    String country(String ip) {
        InetAddress address = parse(ip);
        if (address == null || (onlyIpv4 && address instanceof Inet6Address)) {
            return null;
        }
        try {
            return country(reader.get(address, Map.class));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new IllegalStateException("database " + path + " is corrupt where " + ip + " is looked up: " + e, e);
        }
    }

    /** MaxMind's own files nest the code; those made of other sources often have it on top. */
    private static String country(Map<?, ?> record) {
        if (record == null) {
            return null;
        }
        Object code = record.get("country_code");
        if (code == null && record.get("country") instanceof Map<?, ?> country) {
            code = country.get("iso_code");
        }
        return code instanceof String text && isCode(text) ? text : null;
    }

    private static boolean isCode(String text) {
        return text.length() == 2 && Character.isUpperCase(text.charAt(0)) && Character.isUpperCase(text.charAt(1));
    }

    /**
     * Text to address without asking the network: no names, and no scope ({@code %eth0}), which names an interface. ASCII
     * only: Guava takes the digits of every script.
     */
    private static InetAddress parse(String ip) {
        if (ip == null || ip.length() > LONGEST || !ip.chars().allMatch(c -> c < 0x80 && c != '%')) {
            return null;
        }
        return InetAddresses.isInetAddress(ip) ? InetAddresses.forString(ip) : null;
    }
}
