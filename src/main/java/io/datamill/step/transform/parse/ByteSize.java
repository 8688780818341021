package io.datamill.step.transform.parse;

import io.datamill.step.transform.Conversion;
import io.datamill.step.transform.NumberText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Sizes in bytes: {@code 512}, {@code 10 MB} of the SI (powers of 1000), {@code 1.5GiB} of IEC 80000-13 (powers of
 * 1024); a k may be large. {@code Mb}, which means bits, and a bare {@code K} are none. Parts of a byte are rounded.
 */
record ByteSize() implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            unit("", 1, 0),
            unit("B", 1, 0),
            unit("kB", 1000, 1),
            unit("KB", 1000, 1),
            unit("MB", 1000, 2),
            unit("GB", 1000, 3),
            unit("TB", 1000, 4),
            unit("PB", 1000, 5),
            unit("EB", 1000, 6),
            unit("KiB", 1024, 1),
            unit("kiB", 1024, 1),
            unit("MiB", 1024, 2),
            unit("GiB", 1024, 3),
            unit("TiB", 1024, 4),
            unit("PiB", 1024, 5),
            unit("EiB", 1024, 6));
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int LONGEST_NUMBER = 40;

    private static Map.Entry<String, BigDecimal> unit(String name, int base, int power) {
        return Map.entry(name, BigDecimal.valueOf(base).pow(power));
    }

    @Override
    public Schema type() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Conversion open() {
        return value -> read((String) value);
    }

    private static Object read(String text) {
        int end = 0;
        while (end < text.length() && (text.charAt(end) == '.' || Character.digit(text.charAt(end), 10) >= 0)) {
            end++;
        }
        String number = text.substring(0, end);
        BigDecimal unit = UNITS.get(text.substring(end).stripLeading());
        if (unit == null || end > LONGEST_NUMBER || NumberText.real(number) == Conversion.FAILED) {
            return Conversion.FAILED;
        }
        BigDecimal bytes = new BigDecimal(number).multiply(unit).setScale(0, RoundingMode.HALF_UP);
        return bytes.compareTo(MOST) > 0 ? Conversion.FAILED : (Object) bytes.longValue();
    }
}
