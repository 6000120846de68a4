package io.github.matrixsync.store.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own that appends, so that a test can kill or stop it. It tells what it did, one line a step. */
final class Child implements AutoCloseable {
  /** What the process does. */
  enum Work {
    /** Appends events named {@code child-1}, {@code child-2} and so on, and tells each that was stored. */
    APPEND,
    /**
     * Appends one in a transaction that may be idle for as long as it likes, tells it, and waits for a line. Is idle
     * then for no longer than the store allows, tells it, waits for a line, commits, and tells how that went.
     */
    HOLD
  }

  private final Process process;
  private final BufferedReader lines;

  /** Starts a process on a schema of the tests' server. */
  Child(Work work, String schema) {
    PGSimpleDataSource source = (PGSimpleDataSource) TestServer.dataSource();
    String base = System.getProperty("basedir", ".");
    String classPath = String.join(
        File.pathSeparator,
        base + "/target/test-classes",
        base + "/target/classes",
        System.getProperty("java.class.path"),
        System.getProperty("jdk.module.path", ""));
    List<String> command = List.of(
        System.getProperty("java.home") + "/bin/java",
        "-Xmx128m",
        "-cp",
        classPath,
        Child.class.getName(),
        work.name(),
        schema,
        source.getUrl(),
        Objects.toString(source.getUser(), ""));
    try {
      process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits for the next line that the process writes; {@code ended} if it has ended. */
  String next() throws IOException {
    return Objects.requireNonNullElse(lines.readLine(), "ended");
  }

  /** Returns the lines that are left once the process has ended. */
  List<String> rest() {
    return lines.lines().toList();
  }

  /** Has the process go on. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Sends the process a signal. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Runs in the process. */
  public static void main(String[] arguments) throws SQLException, IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(arguments[2]);
    source.setUser(arguments[3]);
    source.setApplicationName("child");
    try (PostgresStore store =
        PostgresStore.builder(source).schema(arguments[1]).open()) {
      if (Work.valueOf(arguments[0]) == Work.HOLD) {
        hold(store, source);
      } else {
        Stream.iterate(1, n -> n + 1).limit(100_000).forEach(n -> {
          String name = "child-" + n;
          store.events().append(Sample.live(Sample.message(name)));
          System.out.println(name);
        });
      }
    }
  }

  private static void hold(PostgresStore store, PGSimpleDataSource source)
      throws SQLException, IOException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      store.events().append(connection, Sample.live(Sample.message("child")));
      Savepoint appended = connection.setSavepoint();
      Sessions.keepOpen(connection);
      System.out.println("holds");
      System.in.read();
      connection.rollback(appended);
      System.out.println("is idle");
      System.in.read();
      connection.commit();
      System.out.println("committed");
    } catch (SQLException e) {
      System.out.println(e.getSQLState());
    }
  }
}
