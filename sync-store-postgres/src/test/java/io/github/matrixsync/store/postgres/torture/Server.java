package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.store.postgres.ServerPort;
import io.github.matrixsync.store.postgres.TestServer;
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
  private final Path programs;
  private final int port;

  /** Makes the data directory, and starts the server with all that makes it durable. */
  Server(Path directory) throws IOException {
    data = directory.resolve("data");
    programs = TestServer.programs();
    port = ServerPort.free();
    run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8");
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
        run("pg_ctl", "stop", "-m", "immediate");
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
    run("pg_ctl", "start", "-w", "-t", "120", "-l", data.resolve("server.log").toString());
  }

  /** Stops and starts the server. {@code immediate} ends it as a crash does. */
  void restart(String mode) throws IOException {
    run("pg_ctl", "stop", "-w", "-t", "120", "-m", mode);
    start();
  }

  /** Runs a program of the server on the data directory. */
  private void run(String program, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U")); // The server does not run as root.
    }
    command.addAll(List.of(programs.resolve(program).toString(), "-D", data.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolveSibling("programs.log").toFile())
        .start();
    try {
      if (!process.waitFor(150, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(program + " failed, see " + data);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + program);
    }
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() throws IOException {
    run("pg_ctl", "stop", "-w", "-m", "immediate");
    List<Path> all;
    try (Stream<Path> tree = Files.walk(data)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
