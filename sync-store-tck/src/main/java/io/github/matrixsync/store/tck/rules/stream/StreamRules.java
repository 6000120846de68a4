package io.github.matrixsync.store.tck.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import io.github.matrixsync.store.tck.support.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Tests the watermark and its listeners: the rules W and L. */
public interface StreamRules extends StreamFixture {
  @Test
  default void w1_watermark_asTheStreamGrows_neverFalls() {
    long seen = tested().watermark();
    for (int i = 0; i < 10; i++) {
      advance();
      assertThat(tested().watermark()).isGreaterThanOrEqualTo(seen);
      assertThat(tested().refresh()).isGreaterThanOrEqualTo(seen);
      seen = tested().watermark();
    }
  }

  @Test
  default void w1_watermark_toldToAThreadThatLookedBefore_isSeenThere() {
    SynchronousQueue<Long> told = new SynchronousQueue<>();
    FutureTask<Void> other = Threads.start(() -> {
      for (int i = 0; i < 20; i++) {
        long before = tested().watermark();
        Long now = told.poll(Timeouts.nanos(), TimeUnit.NANOSECONDS);
        assertThat(now).as("the next watermark told").isNotNull();
        assertThat(tested().watermark()).isGreaterThanOrEqualTo(now).isGreaterThanOrEqualTo(before);
      }
      return null;
    });
    for (int i = 0; i < 20; i++) {
      advance();
      if (!tell(told, tested().watermark())) {
        break;
      }
    }
    Threads.join(other);
  }

  @Test
  default void w2_watermark_afterAWritingCall_hasMoved() {
    for (int i = 0; i < 10; i++) {
      long before = tested().watermark();
      advance();
      assertThat(tested().watermark()).isGreaterThan(before);
    }
  }

  @Test
  default void w3_watermark_whileAReadIsHeldUp_answers() {
    advance();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<Void> read = Threads.start(() -> {
      readHeldUpBy(() -> {
        reading.countDown();
        Threads.await(goOn, "the end of the test");
      });
      return null;
    });
    Threads.await(reading, "the read to begin");
    try {
      assertThat(Threads.elsewhere(tested()::watermark)).isNotNegative();
      assertThat(Threads.elsewhere(tested()::retainedAfter)).isNotNegative();
    } finally {
      goOn.countDown();
    }
    Threads.join(read);
  }

  @Test
  default void l1_onAdvance_everyAdvance_isSignaledAndSeen() {
    Notifications<Long> notified = new Notifications<>();
    tested().onAdvance(() -> notified.add(tested().watermark()));
    for (int i = 0; i < 5; i++) {
      long before = tested().refresh();
      advance();
      notified.await(
          seen -> seen > before, "a signal after which more than " + before + " is seen");
    }
  }

  @Test
  default void l1_onAdvance_writersAtOnce_theLastAdvanceIsSignaled() {
    Notifications<Long> notified = new Notifications<>();
    tested().onAdvance(() -> notified.add(tested().watermark()));
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      writers.add(() -> {
        for (int i = 0; i < 20; i++) {
          advance();
        }
        return true;
      });
    }
    Threads.all(writers);
    long last = tested().refresh();
    notified.await(seen -> seen >= last, "a signal after which " + last + " is seen");
  }

  @Test
  default void l1_onAdvance_oneRegistrationClosed_theOthersHearOn() {
    Notifications<String> notified = new Notifications<>();
    Runnable listener = () -> notified.add("twice");
    Registration first = tested().onAdvance(listener);
    tested().onAdvance(listener);
    first.close();
    first.close();

    advance();

    notified.await("twice"::equals, "a signal to the registration that was not closed");
  }

  @Test
  default void l2_onAdvance_registrationClosed_getsNoMoreSignals() {
    Notifications<String> notified = new Notifications<>();
    tested().onAdvance(() -> notified.add("closed")).close();
    tested().onAdvance(() -> notified.add("open"));

    advance();

    notified.await("open"::equals, "a signal to the registration that was not closed");
    assertThat(notified.all()).doesNotContain("closed");
  }

  @Test
  default void l2_onAdvance_whileAListenerRuns_othersReadAndWrite() {
    Notifications<String> notified = new Notifications<>();
    AtomicBoolean first = new AtomicBoolean(true);
    tested().onAdvance(() -> {
      if (first.compareAndSet(true, false)) {
        notified.add(othersAreFree());
      }
    });

    advance();

    assertThat(notified.await(outcome -> true, "a signal")).isEqualTo("free");
  }

  @Test
  default void l2_onAdvance_listenerThrows_writerAndOtherListenersGoOn() {
    Notifications<String> notified = new Notifications<>();
    tested().onAdvance(StreamRules::fail);
    tested().onAdvance(() -> notified.add("one"));
    tested().onAdvance(StreamRules::fail);
    tested().onAdvance(() -> notified.add("two"));

    assertThatCode(() -> Threads.elsewhere(() -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
          advance();
          return true;
        }))
        .doesNotThrowAnyException();

    notified.await("one"::equals, "the signal to the listener after the first that throws");
    notified.await("two"::equals, "the signal to the listener after the second that throws");
  }

  private String othersAreFree() {
    try {
      Threads.elsewhere(() -> {
        readHeldUpBy(() -> {});
        advance();
        return true;
      });
      return "free";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Throws from a listener. If a store calls the listener on a thread of its own, the stack trace is not printed. */
  private static void fail() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
    throw new IllegalStateException("a listener's own failure");
  }

  private static boolean tell(SynchronousQueue<Long> queue, long value) {
    try {
      return queue.offer(value, Timeouts.nanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
