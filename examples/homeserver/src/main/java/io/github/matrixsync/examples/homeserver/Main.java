package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.examples.homeserver.registration.RegistrationFile;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "homeserver",
    description = "The smallest Matrix homeserver that clients of the v1 API need.",
    mixinStandardHelpOptions = true,
    version = "0.1.0-SNAPSHOT")
public final class Main implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;
  private static final Pattern SERVER_NAME =
      Pattern.compile("([A-Za-z0-9.-]{1,200}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  @Option(
      names = "--port",
      defaultValue = "8008",
      description = "port, 0: any free one (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "address to listen on (${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(
      names = "--server-name",
      defaultValue = "localhost",
      description = "server part of ids (${DEFAULT-VALUE})")
  private String serverName = "localhost";

  @Option(
      names = "--left-rooms",
      defaultValue = "listed",
      paramLabel = "listed|hidden",
      description = "whether initialSync lists left rooms (${DEFAULT-VALUE})")
  private String leftRooms = "listed";

  @Option(
      names = "--appservice",
      paramLabel = "FILE",
      description = "an application service's registration file (YAML); one for each service")
  private List<Path> appservices = new ArrayList<>();

  @Option(
      names = "--drain",
      defaultValue = "2",
      paramLabel = "SECONDS",
      description = "over how long clients that wait are answered at the end (${DEFAULT-VALUE})")
  private int drain;

  @Option(
      names = "--demo",
      description = "let the page at / restart the engine; for nothing that others can reach")
  private boolean demo;

  @Mixin
  private StoreOptions storage = new StoreOptions();

  private Main() {}

  /** Runs the server until the process is told to stop. */
  public static void main(String[] args) {
    int status = run(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Starts the server, or prints why it does not start; returns the exit status. */
  public static int run(String... args) {
    return new CommandLine(new Main()).execute(args);
  }

  @Override
  public Integer call() {
    if (port < 0 || port > MAX_PORT) {
      System.err.println("--port is 0 to " + MAX_PORT + ", not " + port);
      return 2;
    }
    if (drain < 0) {
      System.err.println("--drain is 0 or more, not " + drain);
      return 2;
    }
    if (!SERVER_NAME.matcher(serverName).matches()) {
      System.err.println("--server-name is a host, with or without a port, not " + serverName);
      return 2;
    }
    LeftRooms left;
    try {
      left = LeftRooms.valueOf(leftRooms.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      System.err.println("--left-rooms is listed or hidden, not " + leftRooms);
      return 2;
    }
    HomeServer server;
    try {
      List<Registration> services =
          appservices.stream().map(RegistrationFile::read).toList();
      server = new HomeServer(serverName, left, services, storage.open());
      if (demo) {
        server.allowRestarts();
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (StoreException e) {
      System.err.println(StoreOptions.explained(e));
      return 1;
    }
    try {
      int bound = server.listen(host, port);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      FullHeap.endsTheProcess();
      System.out.println("homeserver ready on http://" + host + ":" + bound);
      return 0;
    } catch (Exception e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      System.err.println("cannot listen on " + host + ":" + port + ": " + cause.getMessage());
      server.close();
      return 1;
    }
  }

  private void stop(HomeServer server) {
    System.out.println("homeserver stops; clients that wait are answered within " + drain + " s");
    server.stop(Duration.ofSeconds(drain));
  }
}
