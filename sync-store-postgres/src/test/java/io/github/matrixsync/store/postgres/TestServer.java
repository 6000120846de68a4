package io.github.matrixsync.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL server of the tests: one for all of them, started by the first, with the settings that make it
 * durable. The property {@code postgres.url} names another one, by a JDBC address with a user who may make schemas.
 */
public final class TestServer {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private TestServer() {}

  private static final class Started {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setPort(ServerPort.free())
            .setPGStartupWait(Duration.ofMinutes(2))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns a data source that makes a new connection each time. */
  static DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    String url = System.getProperty("postgres.url");
    source.setUrl(url != null ? url : Started.SERVER.getJdbcUrl("postgres", "postgres"));
    return source;
  }

  /** Returns the directory with the server's programs. */
  public static Path programs() {
    String directory =
        new Sessions(Started.SERVER.getPostgresDatabase()).text("SHOW data_directory");
    try {
      String options = Files.readString(Path.of(directory, "postmaster.opts"));
      return Path.of(options.substring(0, options.indexOf(' '))).getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the name of a schema that no other test uses. */
  static String newSchema() {
    return "test_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
  }
}
