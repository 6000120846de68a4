package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICES_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.V1;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An adapter that runs while tests ask it, through sockets. A subclass has a static method {@code variants} that
 * returns the kinds of threads on which its server can run, all or one of {@link Threads#available()}; the tests run on
 * each.
 */
@ParameterizedClass
@MethodSource("variants")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningAdapter {
  /** The kind of threads on which the server runs. */
  @Parameter
  protected Threads threads = Threads.PLATFORM;

  private final String name;
  ExampleHost host;

  /** How many platform threads the process had before the server was started. */
  int threadsBefore;

  Adapter adapter;

  /** What the server would have the JVM do at its end. */
  Set<Thread> hooks = Set.of();

  /** Creates the tests of a server; the name is for the figures. */
  @SuppressWarnings("NullAway.Init") // startServer sets the other fields
  RunningAdapter(String name) {
    this.name = name;
  }

  /** Starts the adapter on a free port of 127.0.0.1. */
  protected abstract Adapter start(SyncApi engine, AccessTokens tokens);

  /** Returns which polls end when their client hangs up. If not all do, the adapter caps waits at half a minute. */
  protected abstract HangUps hangUps();

  @BeforeParameterizedClassInvocation
  void startServer() {
    Output.hold();
    host = new ExampleHost();
    threadsBefore = threadCount();
    Set<Thread> others = ShutdownHooks.registered();
    adapter = start(host.calls(), host.tokens);
    hooks = ShutdownHooks.registered();
    hooks.removeAll(others);
  }

  /** Closes the server, and checks that nothing was logged that must not be. */
  @AfterParameterizedClassInvocation
  void closeServer() {
    adapter.close();
    host.close();
    assertThat(Output.text()).doesNotContain("secret-of", "access_token", "timeout=", "ERROR");
  }

  /** Notes a figure of the server. */
  void note(String what, Object figure) {
    Figures.note(name + (threads == Threads.VIRTUAL ? ", virtual threads" : ""), what, figure);
  }

  /** Returns how many platform threads the process has. */
  static int threadCount() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** Connects a client. */
  HttpSocket connect() {
    return new HttpSocket(adapter.port());
  }

  /** Returns the answer to a request on a connection of its own. */
  Answer ask(String request) {
    try (HttpSocket client = connect()) {
      return client.send(request).read();
    }
  }

  /** Returns the answer to a GET request of Alice. */
  Answer askAsAlice(String path) {
    return ask(get(ALICES_TOKEN, V1 + path));
  }
}
