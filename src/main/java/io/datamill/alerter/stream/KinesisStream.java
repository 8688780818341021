package io.datamill.alerter.stream;

import io.datamill.alerter.store.Arrived;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The AWS SDK's Kinesis, with its default chain of credentials. */
public final class KinesisStream implements StreamPort {
    /** Rendered, a record takes about 1 kB: a transaction of these is short. */
    private static final int MOST_RECORDS = 1_000;

    private static final int FIRST_SERVER_ERROR = 500;

    private final KinesisClient client;
    private final String stream;

    private KinesisStream(KinesisClient client, String stream) {
        this.client = client;
        this.stream = stream;
    }

    /**
     * Opens a client; does not connect.
     *
     * @param region null for the SDK's default chain
     * @param endpoint of an emulator; null for AWS
     */
    public static KinesisStream open(String stream, String region, URI endpoint) {
        KinesisClientBuilder builder = KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (region != null) {
            builder.region(Region.of(region));
        }
        return new KinesisStream(builder.build(), stream);
    }

    @Override
    public List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListShardsRequest request = next == null
                    ? ListShardsRequest.builder().streamName(stream).build()
                    : ListShardsRequest.builder().nextToken(next).build();
            ListShardsResponse response = call(() -> client.listShards(request));
            response.shards()
                    .forEach(shard -> shards.add(new Shard(
                            shard.shardId(),
                            Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                                    .filter(Objects::nonNull)
                                    .toList())));
            token = response.nextToken();
        } while (token != null);
        return shards;
    }

    @Override
    public String iterator(String shard, String after, Instant from) {
        return call(() -> client.getShardIterator(request -> {
                    request.streamName(stream).shardId(shard);
                    if (after != null) {
                        request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .startingSequenceNumber(after);
                    } else if (from != null) {
                        request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(from);
                    } else {
                        request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
                    }
                }))
                .shardIterator();
    }

    @Override
    public Page read(String iterator) {
        GetRecordsResponse response = call(() ->
                client.getRecords(request -> request.shardIterator(iterator).limit(MOST_RECORDS)));
        Long behind = response.millisBehindLatest();
        return new Page(
                response.records().stream()
                        .map(record -> new Arrived(
                                record.sequenceNumber(),
                                record.approximateArrivalTimestamp(),
                                record.data().asByteArray()))
                        .toList(),
                response.nextShardIterator(),
                behind == null ? 0 : behind);
    }

    @Override
    public Duration retention() {
        return Duration.ofHours(call(() -> client.describeStreamSummary(request -> request.streamName(stream)))
                .streamDescriptionSummary()
                .retentionPeriodHours());
    }

    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (ExpiredIteratorException e) {
            throw new ExpiredException(e);
        } catch (ProvisionedThroughputExceededException | LimitExceededException e) {
            throw new UnavailableException("Kinesis asks for less", e);
        } catch (KinesisException e) {
            if (e.statusCode() >= FIRST_SERVER_ERROR || e.isThrottlingException()) {
                throw new UnavailableException("Kinesis failed: " + reason(e), e);
            }
            throw e;
        } catch (SdkClientException e) {
            throw new UnavailableException("Kinesis does not answer: " + reason(e), e);
        }
    }

    private static String reason(SdkException failure) {
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        client.close();
    }
}
