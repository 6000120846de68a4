package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line. */
class MainTest {
  /** The level of the logger that tells for how long a thread, or the machine, stands still. */
  private static final String STANDSTILLS =
      "org.slf4j.simpleLogger.log.io.vertx.core.impl.BlockedThreadChecker";

  /** Variables with options for every JVM. */
  private static final Set<String> OPTIONS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** The result of a run. */
  private record Run(int status, String written) {}

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --port=abc           | 'abc' is not an int
      --port=-1            | --port is 0 to 65535, not -1
      --port=65536         | --port is 0 to 65535, not 65536
      --drain=-1           | --drain is 0 or more, not -1
      --left-rooms=some    | --left-rooms is listed or hidden, not some
      --left-rooms=        | --left-rooms is listed or hidden, not
      --server-name=       | --server-name is a host, with or without a port, not
      --server-name=a b    | --server-name is a host, with or without a port, not a b
      --server-name=a:b    | --server-name is a host, with or without a port, not a:b
      --store=disk         | --store is memory or postgres, not disk
      --store=postgres     | --store=postgres needs --jdbc-url=jdbc:postgresql://HOST/DATABASE
      --jdbc-url=x         | --jdbc-url needs --store=postgres
      --nonsense           | Unknown option: '--nonsense'
      nonsense             | Unmatched argument at index 0: 'nonsense'
      """)
  void run_badOption_saysWhichAndEnds(String option, String message) {
    Run run = run(option);
    assertThat(run.written()).contains(message).doesNotContain("ready", "Exception");
    assertThat(run.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      jdbc:mysql://x?password=secret | matrix_sync | 2 | --jdbc-url has the form jdbc:postgresql://HOST/DATABASE
      jdbc:postgresql://127.0.0.1:1/ | Matrix      | 2 | a schema's name has 1 to 40 of a-z, 0-9 and _
      jdbc:postgresql://127.0.0.1:1/ | matrix_sync | 1 | Connection to 127.0.0.1:1 refused
      """)
  void run_databaseIsWrong_saysWhyOnOneLine(String url, String schema, int status, String message) {
    Run run = run("--store=postgres", "--jdbc-url=" + url, "--schema=" + schema);
    assertThat(run.written().lines()).hasSize(1);
    assertThat(run.written()).contains(message).doesNotContain("secret", "Exception");
    assertThat(run.status()).isEqualTo(status);
  }

  @Test
  void run_help_namesEveryOptionAndItsDefault() {
    Run run = run("--help");
    assertThat(run.status()).isZero();
    assertThat(run.written())
        .contains("--port", "8008", "--host", "127.0.0.1", "--left-rooms=listed|hidden", "--drain")
        .contains("--store=memory|postgres", "--jdbc-url", "--schema", "matrix_sync")
        .contains("--demo");
  }

  @Test
  void run_portInUse_saysSoAndEnds() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Run run = run("--port=" + taken.getLocalPort());
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.written().lines())
          .containsExactly(
              "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
    }
  }

  /** The process prints its address on one line; when it is terminated, it answers waiting polls. */
  @Test
  @Timeout(180)
  void process_startAndEnd_saysBothAndAnswersWhoWaits() throws Exception {
    Process process = start("-Xmx256m", "--left-rooms=hidden");
    try (BufferedReader out = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String ready = out.readLine();
      assertThat(ready).matches("homeserver ready on http://127\\.0\\.0\\.1:[1-9][0-9]*");
      Client alice = Client.nobody(ready.substring(ready.indexOf("http"))).register("alice");
      String id = alice.createRoom("{}");
      alice.post(Client.room(id, "/leave"), "");
      assertThat(alice.get("/initialSync").text()).doesNotContain(id);
      assertThat(alice.get("/initialSync?archived=true").text()).contains(id);
      String now = alice.get("/events?timeout=0").json().path("end").asString();
      CompletableFuture<Reply> parked =
          alice.later("GET", "/events?timeout=50000&from=" + now, new byte[0]);
      assertThat(alice.get("/events?timeout=0&from=" + now).status()).isEqualTo(200);
      ServerTest.awaitParkedInMetrics(alice);

      process.toHandle().destroy();

      assertThat(parked.join().status()).isEqualTo(200);
      assertThat(parked.join().json().path("chunk").size()).isZero();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(out.lines())
          .containsExactly("homeserver stops; clients that wait are answered within 2 s");
    } finally {
      process.destroyForcibly();
    }
  }

  /** All data is in memory, so a full heap stays full; a supervisor restarts the process. */
  @Test
  @Timeout(600)
  void process_heapFull_endsInsteadOfKeepingItsPort() throws Exception {
    Process process = start("-Xmx40m", "--left-rooms=hidden");
    try {
      requireEndWhenFull(process);
    } finally {
      // Before its output is closed: closing waits for the reader.
      process.destroyForcibly();
    }
  }

  private static void requireEndWhenFull(Process process) throws Exception {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String ready = out.readLine();
    Client alice = Client.nobody(ready.substring(ready.indexOf("http"))).register("alice");
    String send = Client.room(alice.createRoom("{}"), "/send/m.room.message");
    FutureTask<String> written = new FutureTask<>(() ->
        out.lines().filter(line -> line.equals(FullHeap.MESSAGE)).findAny().orElse(""));
    // On a thread of its own: the client needs the common pool, which may have only one thread.
    new Thread(written, "output").start();
    byte[] body = ("{\"body\":\"" + "x".repeat(60_000) + "\"}").getBytes(StandardCharsets.UTF_8);

    for (int i = 0; i < 5_000 && process.isAlive(); i++) {
      alice
          .later("POST", send, body)
          .handle((reply, gone) -> gone == null)
          .get(60, TimeUnit.SECONDS);
    }

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    assertThat(process.exitValue()).isEqualTo(FullHeap.STATUS);
    assertThat(written.get(10, TimeUnit.SECONDS)).isEqualTo(FullHeap.MESSAGE);
  }

  private static Process start(String memory, String option) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            memory,
            "-D" + STANDSTILLS + "=off",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--port=0",
            option)
        .redirectErrorStream(true);
    builder.environment().keySet().removeAll(OPTIONS); // the JVM says that it has found them
    return builder.start();
  }

  private static Run run(String... arguments) {
    PrintStream errors = System.err;
    PrintStream output = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream all = new PrintStream(written, true, StandardCharsets.UTF_8);
    System.setErr(all);
    System.setOut(all);
    try {
      int status = Main.run(arguments);
      return new Run(status, written.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(errors);
      System.setOut(output);
    }
  }
}
