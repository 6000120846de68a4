package io.github.matrixsync.testkit.http;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.testkit.http.HttpRelay.Flaw;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault makes a wrong bridge lose or repeat a message, and changes nothing for a right one. */
@MatrixTest
@SuppressWarnings("try") // the relay works by itself
class FaultsOverHttpTest extends RelayedRooms {
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final String ONE = "@alice:test: one";
  private static final String TWO = "@alice:test: two";

  private Runnable losesPatience = () -> {};

  /**
   * A fault, and the wrong bridge that it finds.
   *
   * @param before sets the fault up
   * @param after waits until the bridge has tried to send, and goes on with the test
   * @param flaw what is wrong with the bridge
   * @param seen what this bridge repeats
   */
  private record Case(
      String name,
      Consumer<FaultsOverHttpTest> before,
      Consumer<FaultsOverHttpTest> after,
      Flaw flaw,
      List<String> seen) {
    @Override
    public String toString() {
      return name + " and a bridge that " + flaw;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        onSend("answers 503", next -> next.answers(503), Flaw.GIVES_UP, TWO),
        onSend("limits", next -> next.limits(RETRY), Flaw.GIVES_UP, TWO),
        onSend("hangs up", NextRequest::hangsUp, Flaw.GIVES_UP, TWO),
        onSend("answers nonsense", NextRequest::answersNonsense, Flaw.TRUSTS_THE_STATUS, TWO),
        onSend("cuts the body", NextRequest::cutsTheBody, Flaw.DOUBLES, ONE, ONE, TWO),
        onSend("hangs up after doing", NextRequest::hangsUpAfterDoing, Flaw.DOUBLES, ONE, ONE, TWO),
        slow("is slow", FaultsOverHttpTest::awaitImpatience, Flaw.IS_IMPATIENT, ONE, ONE, TWO),
        slow("restarts meanwhile", FaultsOverHttpTest::restartDuringTheSend, Flaw.GIVES_UP, TWO),
        slow(
            "delivers again",
            FaultsOverHttpTest::redeliver,
            Flaw.FORGETS_TRANSACTIONS,
            ONE,
            ONE,
            TWO),
        new Case(
            "pauses, then resumes",
            FaultsOverHttpTest::pauseWithAnEvent,
            on -> on.service.resumes(),
            Flaw.TAKES_THE_FIRST,
            List.of(ONE)));
  }

  private static Case onSend(String name, Consumer<NextRequest> fault, Flaw flaw, String... seen) {
    Consumer<FaultsOverHttpTest> before = on -> fault.accept(on.nextSend());
    return new Case(name, before, on -> on.service.settle(), flaw, List.of(seen));
  }

  private static Case slow(
      String name, Consumer<FaultsOverHttpTest> after, Flaw flaw, String... seen) {
    return new Case(name, on -> on.nextSend().takes(RETRY), after, flaw, List.of(seen));
  }

  private NextRequest nextSend() {
    return world.server().next(put("rooms/*/send/**"));
  }

  /** Waits for a send, which an impatient bridge then gives up. */
  private void awaitImpatience() {
    awaitSend();
    losesPatience.run();
  }

  private void restartDuringTheSend() {
    awaitSend();
    world.restarts();
  }

  /** The first transaction after the pause has this event alone. */
  private void pauseWithAnEvent() {
    service.pauses();
    alice.sets(here, "m.room.topic", "", "{\"topic\":\"pause\"}");
  }

  /** The transaction that comes again is that of the first message, because later ones are held back. */
  private void redeliver() {
    awaitSend();
    service.pauses();
    world.time().advance(RETRY);
    service.settle();
    service.redelivers();
    service.settle();
    service.resumes();
  }

  private void awaitSend() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!hasSent() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(hasSent()).isTrue();
  }

  private boolean hasSent() {
    return world.server().requests().stream().anyMatch(put("rooms/*/send/**")::matches);
  }

  private void run(Case on, Flaw flaw) throws IOException {
    try (HttpRelay relay = relay(flaw)) {
      losesPatience = relay::losesPatience;
      service.settle();
      on.before().accept(this);
      alice.says(here, "one");
      alice.says(here, "two");
      on.after().accept(this);
      for (int tries = 0; tries < 3; tries++) {
        world.time().advance(RETRY);
        service.settle();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rightBridge_repeatsEachMessageOnce(Case on) throws IOException {
    run(on, Flaw.NONE);

    assertThat(bob).inRoom(there).sawMessages(ONE, TWO);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wrongBridge_isFound(Case on) throws IOException {
    run(on, on.flaw());

    assertThat(bob).inRoom(there).sawMessages(on.seen().toArray(String[]::new));
  }
}
