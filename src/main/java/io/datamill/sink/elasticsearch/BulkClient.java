package io.datamill.sink.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import io.datamill.sink.outbox.FatalStoreException;
import io.datamill.sink.outbox.RowResult;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes batches by the bulk API, each document under its own id and version. A version that is not newer than what is
 * there answers 409, which is a success. What a status means is said here and nowhere else.
 */
final class BulkClient implements StoreClient {
    private final ElasticsearchClient client;
    private final String alias;
    private final MonthlyIndices indices;
    private boolean checked;

    BulkClient(ElasticsearchClient client, String alias) {
        this.client = client;
        this.alias = alias;
        this.indices = new MonthlyIndices(alias);
    }

    @Override
    public List<RowResult> write(List<StoreRow> rows) throws IOException {
        try {
            if (!checked) {
                check();
                checked = true;
            }
            return bulk(rows);
        } catch (ElasticsearchException e) {
            throw failed(e.status(), e.getMessage(), e);
        } catch (TransportException e) {
            throw failed(e.statusCode(), e.getMessage(), e);
        }
    }

    /** Without its template an index would be made with guessed types and without the alias. */
    private void check() throws IOException {
        if (!client.indices().existsIndexTemplate(t -> t.name(alias)).value()) {
            throw new FatalStoreException(
                    "Elasticsearch has no index template '" + alias
                            + "'; run: datamill migrate --elasticsearch-url <url>",
                    null);
        }
    }

    private List<RowResult> bulk(List<StoreRow> rows) throws IOException {
        try {
            List<RowResult> results = new ArrayList<>(rows.size());
            for (BulkResponseItem item : client.bulk(request(rows)).items()) {
                results.add(result(item));
            }
            return results;
        } catch (ElasticsearchException e) {
            return halved(rows, e.status(), e.error().type(), e);
        } catch (TransportException e) {
            return halved(rows, e.statusCode(), "http", e);
        }
    }

    /** Too large, or one of them spoils the whole request: it is found by halving. */
    private <E extends Exception> List<RowResult> halved(List<StoreRow> rows, int status, String type, E cause)
            throws E, IOException {
        if (status != 400 && status != 413) {
            throw cause;
        }
        if (rows.size() == 1) {
            return List.of(new RowResult.Refused("HTTP_" + status, type + ": " + cause.getMessage()));
        }
        List<RowResult> results = new ArrayList<>(bulk(rows.subList(0, rows.size() / 2)));
        results.addAll(bulk(rows.subList(rows.size() / 2, rows.size())));
        return results;
    }

    private BulkRequest request(List<StoreRow> rows) {
        BulkRequest.Builder request = new BulkRequest.Builder();
        for (StoreRow row : rows) {
            request.operations(operation -> operation.index(index -> index.index(indices.of(row.time()))
                    .id(DocumentIds.of(row.key()))
                    .version(row.version())
                    .versionType(VersionType.External)
                    .document(BinaryData.of(row.payload(), ContentType.APPLICATION_JSON))));
        }
        return request.build();
    }

    private static RowResult result(BulkResponseItem item) {
        int status = item.status();
        if (status < 300) {
            return RowResult.WRITTEN;
        }
        if (status == 409) {
            return RowResult.STALE;
        }
        String type = item.error() == null || item.error().type() == null
                ? "HTTP_" + status
                : item.error().type();
        String reason = reason(item.error());
        // 401 and 403: rights, or an index that is blocked for the time being; 404: auto-creation is turned off.
        boolean passes = status == 429 || status >= 500 || status == 401 || status == 403 || status == 404;
        return passes ? new RowResult.Retry(type, reason) : new RowResult.Refused(type, reason);
    }

    /** With what is behind it: the outermost reason often says only which field. */
    private static String reason(ErrorCause error) {
        StringBuilder text = new StringBuilder();
        for (ErrorCause cause = error; cause != null && text.length() < 1000; cause = cause.causedBy()) {
            text.append(text.isEmpty() ? "" : ": ").append(cause.reason());
        }
        return text.toString();
    }

    /** Wrong credentials fail the job: its restart resolves the references again. */
    private static IOException failed(int status, String message, Exception cause) {
        if (status == 401 || status == 403) {
            throw new FatalStoreException(
                    "Elasticsearch refuses to be written to (" + status + "): " + message
                            + "; check the url's user and its rights",
                    cause);
        }
        return new IOException("Elasticsearch answers " + status + ": " + message, cause);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
