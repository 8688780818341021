package io.datamill.step.enrich;

import io.datamill.config.Reference;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A tenant's allow list and deny list, each of which follows its file. What a tenant has said itself comes before what is
 * said for all, and for the same tenant a refusal comes first; what is allowed for all comes before what is denied for all.
 */
public final class TenantLists implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Source allow;
    private final Source deny;
    private transient Side allowed;
    private transient Side denied;

    /**
     * Where a list is, and of what.
     *
     * @param file the path of a text file of lines {@code tenant,value}
     * @param fields the positions of the string fields whose values are looked for; the first that is found counts
     */
    public record Source(Reference file, List<Integer> fields) implements Serializable {
        public Source {
            fields = List.copyOf(fields);
        }
    }

    /**
     * What was found.
     *
     * @param allowed whether on the allow list; else on the deny list
     * @param entry the value of the line that matched, as it is written there
     */
    public record Match(boolean allowed, String entry) {}

    /**
     * @param allow null: there is none
     * @param deny null: there is none
     */
    public TenantLists(Source allow, Source deny) {
        this.allow = allow;
        this.deny = deny;
    }

    /**
     * Reads the lists.
     *
     * @param nanos a clock as {@link System#nanoTime()}
     * @throws IOException naming the file and the line, if a list cannot be read
     */
    public void open(LongSupplier nanos) throws IOException {
        allowed = Side.open(allow, nanos);
        denied = Side.open(deny, nanos);
    }

    /**
     * Looks for an event's values.
     *
     * @return null where none is on a list
     */
    public Match find(String tenant, Object[] values) {
        denied.look(tenant, values);
        if (denied.own != null) {
            return new Match(false, denied.own);
        }
        allowed.look(tenant, values);
        String entry = allowed.own == null ? allowed.all : allowed.own;
        if (entry != null) {
            return new Match(true, entry);
        }
        return denied.all == null ? null : new Match(false, denied.all);
    }

    /** One of the lists, and what it says of the event last looked at. */
    private static final class Side {
        /** Longer values are on no list. */
        private static final int LONGEST = 1_024;

        private final WatchedFile<TenantList> file;
        private final int[] fields;
        private String own;
        private String all;

        private Side(WatchedFile<TenantList> file, int[] fields) {
            this.file = file;
            this.fields = fields;
        }

        static Side open(Source source, LongSupplier nanos) throws IOException {
            if (source == null) {
                return new Side(null, new int[0]);
            }
            int[] fields = source.fields().stream().mapToInt(Integer::intValue).toArray();
            return new Side(TenantList.watch(source.file(), nanos), fields);
        }

        void look(String tenant, Object[] values) {
            own = null;
            all = null;
            TenantList list = file == null ? null : file.current();
            if (list == null || !list.concerns(tenant)) {
                return;
            }
            for (int field : fields) {
                String value = (String) values[field];
                if (value != null && value.length() <= LONGEST) {
                    TenantList.Subject subject = TenantList.Subject.of(value);
                    own = own == null ? list.find(tenant, subject) : own;
                    all = all == null ? list.find(TenantList.ALL, subject) : all;
                }
            }
        }
    }
}
