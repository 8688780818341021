package io.datamill.alerter.channel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON and tells from the status what came of it: 2xx has it; 408, 425, 429, 5xx and no answer are tried again;
 * anything else, a redirection too, is a refusal. The answer's body is not read into memory.
 */
final class HttpPost {
    private static final int MOST_SECONDS_DIGITS = 9;

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;
    private final Clock clock;

    /** @param timeout of the whole exchange */
    HttpPost(URI url, Duration timeout, Clock clock) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.url = url;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * A URL that can be posted to.
     *
     * @throws IllegalArgumentException without the URL, which may be a secret
     */
    static URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a URL such as https://host/path"); // Its cause has the URL.
        }
        throw new IllegalArgumentException("expected a URL such as https://host/path, without user and password");
    }

    Delivery send(byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "datamill-alerter")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            return delivery(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Delivery.Again("no whole answer within " + timeout.toSeconds() + " s", Duration.ZERO);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                return new Delivery.Again("no answer: " + cause.getClass().getSimpleName(), Duration.ZERO);
            }
            throw new IllegalStateException("posting failed", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Delivery.Again("stopped while it was sent", Duration.ZERO);
        }
    }

    private Delivery delivery(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Delivery.SENT;
        }
        String reason = "status " + status;
        boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
        return passing
                ? new Delivery.Again(
                        reason,
                        response.headers()
                                .firstValue("Retry-After")
                                .map(this::asked)
                                .orElse(Duration.ZERO))
                : new Delivery.Refused(reason);
    }

    /** Seconds or a date (RFC 9110, 10.2.3); what is neither asks for nothing. */
    private Duration asked(String value) {
        String text = value.strip();
        if (text.matches("\\d{1," + MOST_SECONDS_DIGITS + "}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
