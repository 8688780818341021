package io.datamill.sensor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** PutRecords of the AWS SDK, which itself tries a lost connection again. */
public final class KinesisPort implements RecordPort, AutoCloseable {
    private final KinesisClient client;
    private final String stream;

    public KinesisPort(KinesisClient client, String stream) {
        this.client = client;
        this.stream = stream;
    }

    /**
     * Opens a client with the SDK's default chain of credentials.
     *
     * @param endpoint of an emulator; null for AWS
     * @param region null for the SDK's default chain
     */
    public static KinesisPort open(String stream, URI endpoint, String region) {
        KinesisClientBuilder builder = KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (region != null) {
            builder.region(Region.of(region));
        }
        return new KinesisPort(builder.build(), stream);
    }

    @Override
    public List<Failure> put(List<Entry> batch) {
        List<PutRecordsRequestEntry> entries = batch.stream()
                .map(entry -> PutRecordsRequestEntry.builder()
                        .partitionKey(entry.key())
                        .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
                        .build())
                .toList();
        try {
            return failures(
                    client.putRecords(request -> request.streamName(stream).records(entries))
                            .records());
        } catch (ProvisionedThroughputExceededException e) {
            return IntStream.range(0, batch.size())
                    .mapToObj(index -> new Failure(index, "ProvisionedThroughputExceeded", e.getMessage()))
                    .toList();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static List<Failure> failures(List<PutRecordsResultEntry> results) {
        List<Failure> failures = new ArrayList<>();
        for (int index = 0; index < results.size(); index++) {
            PutRecordsResultEntry result = results.get(index);
            if (result.errorCode() != null) {
                failures.add(new Failure(index, result.errorCode(), result.errorMessage()));
            }
        }
        return failures;
    }
}
