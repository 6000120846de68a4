package io.github.matrixsync.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server of a test's own, of the same release as that of all tests: the test restarts it, copies its files, and makes
 * standbys of it. Durable as the default is.
 */
final class OwnServer implements AutoCloseable {
  private static final String SETTINGS = """

      port = %d
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      max_connections = 60
      shared_buffers = 32MB
      wal_keep_size = 256MB
      """;

  private final Path directory;
  private final int port;

  private OwnServer(Path directory) throws IOException {
    this.directory = directory;
    port = ServerPort.free();
    Files.writeString(
        directory.resolve("postgresql.conf"), SETTINGS.formatted(port), StandardOpenOption.APPEND);
  }

  /** Starts a new server with its files below a directory. */
  static OwnServer start(Path parent) {
    try {
      Path directory = Files.createDirectory(parent.resolve("server"));
      run("initdb", "-D", directory.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8");
      OwnServer server = new OwnServer(directory);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    source.setUser("postgres");
    return source;
  }

  int port() {
    return port;
  }

  void start() {
    run("pg_ctl", "-D", directory.toString(), "-l", directory + ".log", "-w", "-t", "60", "start");
  }

  /** Stops the server: {@code fast} ends all sessions, {@code immediate} is a crash. */
  void stop(String mode) {
    run("pg_ctl", "-D", directory.toString(), "-m", mode, "-w", "-t", "60", "stop");
  }

  /** Copies the files of the server while it is stopped. The copy is not started. */
  OwnServer copyFiles(Path parent) {
    try {
      return new OwnServer(copy(parent));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a backup of the running server, by which it can be restored; it comes on a timeline of its own. */
  OwnServer backup(Path parent) {
    return backup(parent, "recovery.signal", "restore_command = 'false'");
  }

  /**
   * Starts a standby that follows this server.
   *
   * @param by the port by which the standby reaches it
   */
  OwnServer standby(Path parent, int by) {
    OwnServer standby = backup(
        parent,
        "standby.signal",
        "primary_conninfo = 'host=127.0.0.1 user=postgres port=" + by + "'");
    standby.start();
    return standby;
  }

  /** Makes a standby a server that is written to. */
  void promote() {
    run("pg_ctl", "-D", directory.toString(), "-w", "-t", "60", "promote");
  }

  private OwnServer backup(Path parent, String signal, String setting) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('test', true)");
      Path copied = copy(parent);
      try (ResultSet label =
          statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        label.next();
        Files.writeString(copied.resolve("backup_label"), label.getString(1));
      }
      copyAll(directory.resolve("pg_wal"), copied.resolve("pg_wal"));
      Files.writeString(copied.resolve(signal), "");
      OwnServer server = new OwnServer(copied);
      Files.writeString(
          copied.resolve("postgresql.conf"), setting + "\n", StandardOpenOption.APPEND);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path copy(Path parent) throws IOException {
    Path copied = Files.createDirectory(
        parent.resolve("copy-" + System.nanoTime()),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    copyAll(directory, copied);
    Files.deleteIfExists(copied.resolve("postmaster.pid"));
    return copied;
  }

  /** Copies files. One that the server takes away meanwhile is left out, as backups do. */
  private static void copyAll(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
          throws IOException {
        Files.createDirectories(copyOf(directory));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (attributes.isRegularFile()) {
          try {
            Files.copy(
                file,
                copyOf(file),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
          } catch (NoSuchFileException e) {
            return visitFileFailed(file, e);
          }
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
          return FileVisitResult.CONTINUE;
        }
        throw failure;
      }

      private Path copyOf(Path file) {
        return to.resolve(from.relativize(file).toString());
      }
    });
  }

  @Override
  public void close() {
    if (Files.exists(directory.resolve("postmaster.pid"))) {
      stop("immediate");
    }
  }

  /** Runs a program of the server that the tests have started. Root must not, so it is nobody for that. */
  private static void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(TestServer.programs().resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      File output = File.createTempFile("server", ".txt");
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output)
          .start();
      boolean isEnded = process.waitFor(2, TimeUnit.MINUTES);
      if (!isEnded || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(output.toPath(), UTF_8));
      }
      Files.delete(output.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
