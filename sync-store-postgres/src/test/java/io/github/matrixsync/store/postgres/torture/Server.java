package io.github.matrixsync.store.postgres.torture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A server with a data directory of its own, that can be stopped and started again. Confined to one thread. */
final class Server implements AutoCloseable {
  private final Path data;
  private final Path pgCtl;
  private final int port;

  /** Makes the data directory, and starts the server with all that makes it durable. */
  Server(Path directory) throws IOException {
    data = directory.resolve("data");
    // Its only use is to unpack the binaries and to make the directory.
    try (EmbeddedPostgres made = EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start()) {
      port = made.getPort();
      long pid =
          Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
      pgCtl = Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow())
          .resolveSibling("pg_ctl");
    }
    Files.writeString(data.resolve("postgresql.auto.conf"), """
        port = %d
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 120
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        max_wal_size = '2GB'
        """.formatted(port));
    start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopWithTheProcess));
  }

  /** Stops the server if the run did not, because its process is ended. */
  private void stopWithTheProcess() {
    if (Files.exists(data)) {
      try {
        pgCtl("stop", "-m", "immediate");
      } catch (IOException e) {
        // It has stopped already.
      }
    }
  }

  /** Returns the address of the database. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** Returns a connection of the run itself. */
  Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setApplicationName("torture");
    return source.getConnection();
  }

  /** Runs statements. */
  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the number that a query finds; 0 for none. */
  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  void start() throws IOException {
    pgCtl("start", "-w", "-t", "120", "-l", data.resolve("server.log").toString());
  }

  /** Stops and starts the server. {@code immediate} ends it as a crash does. */
  void restart(String mode) throws IOException {
    pgCtl("stop", "-w", "-t", "120", "-m", mode);
    start();
  }

  private void pgCtl(String action, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U")); // The server does not run as root.
    }
    command.addAll(List.of(pgCtl.toString(), action, "-D", data.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolveSibling("pg_ctl.log").toFile())
        .start();
    try {
      if (!process.waitFor(150, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("pg_ctl " + action + " failed, see " + data);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for pg_ctl " + action);
    }
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() throws IOException {
    pgCtl("stop", "-w", "-m", "immediate");
    List<Path> all;
    try (Stream<Path> tree = Files.walk(data)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
