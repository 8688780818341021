package io.datamill.lab;

/** What the lab can start. */
public enum Server {
    KINESIS("Kinesis"),
    POSTGRES("Postgres"),
    ELASTICSEARCH("Elasticsearch"),
    S3("S3");

    private final String label;

    Server(String label) {
        this.label = label;
    }

    /** The name that people know it by. */
    public String label() {
        return label;
    }

    /** Blocks until the server answers and gives its URL. */
    String start(Site site) throws Exception {
        return switch (this) {
            case KINESIS -> KinesisServer.start(site);
            case POSTGRES -> PostgresServer.start(site);
            case ELASTICSEARCH -> ElasticsearchServer.start(site);
            case S3 -> S3Server.start(site);
        };
    }
}
