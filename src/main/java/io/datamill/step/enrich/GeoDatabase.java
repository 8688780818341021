package io.datamill.step.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A MaxMind DB file on the heap. Not mapped: whoever overwrites a mapped file in place kills the process. */
final class GeoDatabase {
    private final Path path;
    private final Reader reader;
    private final boolean onlyIpv4;
    private final String type;
    private final String name;

    private GeoDatabase(Path path) throws IOException {
        this.path = path;
        this.reader = new Reader(path.toFile(), Reader.FileMode.MEMORY, new CHMCache());
        var metadata = reader.getMetadata();
        this.onlyIpv4 = metadata.ipVersion() == 4;
        this.type = metadata.databaseType();
        this.name = type + ' ' + metadata.buildTime().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * @param fields those that will be asked for
     * @throws IOException naming the file, if it cannot be read, is no such database, or cannot give a field
     */
    static WatchedFile<GeoDatabase> watch(Path path, List<GeoField> fields, LongSupplier nanos) throws IOException {
        return WatchedFile.open(
                path,
                GeoDatabase.class,
                new WatchedFile.Reading<>() {
                    @Override
                    public GeoDatabase read(Path file) throws IOException {
                        return GeoDatabase.read(file);
                    }

                    @Override
                    public void check(GeoDatabase read) throws IOException {
                        for (GeoField field : fields) {
                            if (!read.gives(field)) {
                                throw new IOException("database " + path + " " + read.cannotGive(field));
                            }
                        }
                    }
                },
                nanos);
    }

    private static GeoDatabase read(Path path) throws IOException {
        try {
            GeoDatabase database = new GeoDatabase(path);
            database.find("1.1.1.1"); // Some damage shows at the first look-up only.
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
     * What it knows of an address; null where the text is none or is not in it.
     *
     * @throws IllegalStateException naming the file, if it is corrupt
     */
    Map<?, ?> find(String ip) {
        InetAddress address = IpAddress.parse(ip);
        if (address == null || (onlyIpv4 && address instanceof Inet6Address)) {
            return null;
        }
        try {
            return reader.get(address, Map.class);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new IllegalStateException("database " + path + " is corrupt where " + ip + " is looked up: " + e, e);
        }
    }

    /** False where its type says that it has no such field. Of a type that is not known, every field may be asked for. */
    boolean gives(GeoField field) {
        Set<GeoField> given = given(type.toLowerCase(Locale.ROOT));
        return given.isEmpty() || given.contains(field);
    }

    String cannotGive(GeoField field) {
        return "is of type '" + type + "', which has no " + field.fieldName();
    }

    /** By the words of the type: {@code GeoLite2-City}, {@code DBIP-ASN-Lite}, {@code country ipv4}. */
    private static Set<GeoField> given(String lowerType) {
        Set<GeoField> given = EnumSet.noneOf(GeoField.class);
        if (lowerType.contains("enterprise")) {
            return EnumSet.allOf(GeoField.class);
        }
        if (lowerType.contains("city")) {
            given.addAll(EnumSet.complementOf(EnumSet.of(GeoField.ASN, GeoField.AS_ORGANIZATION)));
        }
        if (lowerType.contains("country")) {
            given.addAll(EnumSet.of(GeoField.COUNTRY, GeoField.COUNTRY_NAME));
        }
        if (lowerType.contains("asn") || lowerType.contains("isp")) {
            given.addAll(EnumSet.of(GeoField.ASN, GeoField.AS_ORGANIZATION));
        }
        return given;
    }
}
