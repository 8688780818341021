package io.datamill.lab;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** S3Proxy over a directory, in this JVM but in a class loader of its own: it brings its own Jetty, Guava and logback. */
final class S3Server {
    private static final String QUIET = "<configuration><root level=\"OFF\"/></configuration>";

    private S3Server() {}

    static String start(Site site) throws Exception {
        Path jar = site.files().s3proxyJar();
        // Looked for before the jar's own logback.xml, which writes to standard output.
        Path logging = Files.createDirectory(site.home().resolve("logging"));
        Files.writeString(logging.resolve("logback-test.xml"), QUIET);
        Path buckets = Files.createDirectory(buckets(site.home()));
        var loader = new URLClassLoader(
                "s3proxy",
                new URL[] {logging.toUri().toURL(), jar.toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Object proxy = build(loader, buckets);
            site.reaper().stopAtClose(() -> {
                call(proxy, "stop");
                loader.close();
            });
            call(proxy, "start");
            return "http://127.0.0.1:" + call(proxy, "getPort");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Each directory in it is a bucket. */
    static Path buckets(Path home) {
        return home.resolve("buckets");
    }

    private static Object build(ClassLoader loader, Path buckets) throws ReflectiveOperationException, IOException {
        var properties = new Properties();
        properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
        properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        properties.setProperty("s3proxy.identity", Lab.ACCESS_KEY);
        properties.setProperty("s3proxy.credential", Lab.SECRET_KEY);
        Object builder = loader.loadClass("org.gaul.s3proxy.S3Proxy$Builder")
                .getMethod("fromProperties", Properties.class)
                .invoke(null, properties);
        Object store = loader.loadClass("org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore")
                .getConstructor(String.class)
                .newInstance(buckets.toString());
        builder.getClass()
                .getMethod("blobStore", loader.loadClass("org.gaul.s3proxy.blobstore.BlobStore"))
                .invoke(builder, store);
        return call(builder, "build");
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
