package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link ToDeviceInbox}: the rules TD of the package {@code io.github.matrixsync.store.device}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class ToDeviceInboxTck<S extends ToDeviceInbox> extends StoreTck<S> {
  static final DeviceId PHONE = new DeviceId("PHONE");
  static final DeviceId LAPTOP = new DeviceId("LAPTOP");
  private static final int SENDERS = 3;
  private static final int EACH = 20;

  private long start;

  /** For subclasses. */
  protected ToDeviceInboxTck() {}

  /** Returns a new, empty inbox. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Sends messages through the tables of {@link #store()}, in this order and in one transaction. Returns when they can
   * be read. Called by several threads. The positions are ignored.
   */
  protected abstract void send(List<ToDeviceMessage> messages);

  /** Deletes a device, with its messages. */
  protected abstract void remove(UserId user, DeviceId device);

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  private ToDeviceInbox tested() {
    return recorded(ToDeviceInbox.class);
  }

  @Test
  void td1_messages_severalDevices_eachInTheOrderOfArrival() {
    send(List.of(message(ALICE, PHONE, "a"), message(ALICE, LAPTOP, "b")));
    send(List.of(message(BOB, PHONE, "c"), message(ALICE, PHONE, "d")));
    send(List.of(message(ALICE, PHONE, "e")));

    assertThat(types(all(ALICE, PHONE))).containsExactly("a", "d", "e");
    assertThat(types(all(ALICE, LAPTOP))).containsExactly("b");
    assertThat(types(all(BOB, PHONE))).containsExactly("c");
    assertThat(all(ALICE, PHONE)).extracting(ToDeviceMessage::position).isSorted();
  }

  @Test
  void td1_messages_boundsAndLimit_cutAtBothEnds() {
    for (String type : List.of("a", "b", "c", "d")) {
      send(List.of(message(ALICE, PHONE, type)));
    }
    List<Long> at = all(ALICE, PHONE).stream().map(ToDeviceMessage::position).toList();

    assertThat(types(tested().messages(ALICE, PHONE, at.get(0), at.get(2), 9)))
        .containsExactly("b", "c");
    assertThat(types(tested().messages(ALICE, PHONE, start, at.get(3), 2)))
        .containsExactly("a", "b");
    assertThat(types(tested().messages(ALICE, PHONE, at.get(1), at.get(1), 9))).isEmpty();
  }

  @Test
  void td1_messages_everyPart_comesBack() {
    List<ToDeviceMessage> sent = new ArrayList<>();
    for (String text : Events.ANY_TEXTS) {
      RawJson content = RawJson.of("{\"n\": 1.50,  \"n\":\"\\u0000\"}" + " ".repeat(sent.size()));
      sent.add(new ToDeviceMessage(0, ALICE, PHONE, BOB, text, content));
    }
    DeviceId odd = new DeviceId("ü :/\uD83D\uDE00");
    ToDeviceMessage toOdd = message(BOB, odd, "x");

    send(sent);
    send(List.of(toOdd));

    assertThat(all(ALICE, PHONE))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .isEqualTo(sent);
    assertThat(all(BOB, odd))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactly(toOdd);
  }

  @Test
  void td2_messages_notAcknowledged_comeAgain() {
    send(List.of(message(ALICE, PHONE, "a"), message(ALICE, PHONE, "b")));
    List<ToDeviceMessage> first = all(ALICE, PHONE);

    assertThat(all(ALICE, PHONE)).isEqualTo(first).hasSize(2);
    send(List.of(message(ALICE, PHONE, "c")));
    assertThat(all(ALICE, PHONE))
        .startsWith(first.toArray(new ToDeviceMessage[0]))
        .hasSize(3);
  }

  @Test
  void td3_acknowledge_removesUpToThePosition() {
    send(List.of(message(ALICE, PHONE, "a"), message(ALICE, LAPTOP, "c")));
    send(List.of(message(ALICE, PHONE, "b"), message(ALICE, PHONE, "d")));
    List<ToDeviceMessage> messages = all(ALICE, PHONE);
    all(ALICE, LAPTOP);

    tested().acknowledge(ALICE, PHONE, messages.get(1).position());

    assertThat(types(all(ALICE, PHONE))).containsExactly("d");
    assertThat(types(all(ALICE, LAPTOP))).containsExactly("c");
    tested().acknowledge(ALICE, PHONE, messages.get(1).position());
    tested().acknowledge(ALICE, PHONE, messages.get(0).position());
    assertThat(types(all(ALICE, PHONE))).containsExactly("d");
  }

  @Test
  void td3_acknowledge_whatWasNotHandedOut_stays() {
    send(List.of(message(ALICE, PHONE, "a"), message(ALICE, PHONE, "b")));
    send(List.of(message(ALICE, PHONE, "c")));
    tested().acknowledge(ALICE, PHONE, tested().watermark());
    assertThat(types(all(ALICE, PHONE))).as("nothing was handed out").hasSize(3);

    send(List.of(message(BOB, PHONE, "d"), message(BOB, PHONE, "e")));
    assertThat(types(tested().messages(BOB, PHONE, start, tested().watermark(), 1)))
        .containsExactly("d");
    tested().acknowledge(BOB, PHONE, tested().watermark());

    assertThat(types(all(BOB, PHONE))).as("only the first was handed out").containsExactly("e");
  }

  @Test
  void td3_acknowledge_anyPosition_isTaken() {
    send(List.of(message(ALICE, PHONE, "a")));
    all(ALICE, PHONE);

    tested().acknowledge(ALICE, PHONE, 0);
    tested().acknowledge(ALICE, PHONE, -1);
    tested().acknowledge(ALICE, PHONE, Long.MIN_VALUE);
    assertThat(all(ALICE, PHONE)).hasSize(1);
    tested().acknowledge(ALICE, PHONE, Long.MAX_VALUE);
    assertThat(all(ALICE, PHONE)).isEmpty();
    send(List.of(message(ALICE, PHONE, "b")));
    assertThat(types(all(ALICE, PHONE))).containsExactly("b");
  }

  @Test
  void td3_acknowledge_returnsUpToWhereNothingIsLeft() {
    send(List.of(message(ALICE, PHONE, "a"), message(ALICE, PHONE, "b")));
    ToDeviceMessage first =
        tested().messages(ALICE, PHONE, start, tested().watermark(), 1).get(0);

    assertThat(tested().acknowledge(ALICE, PHONE, Long.MAX_VALUE))
        .as("the second message was not handed out")
        .isBetween(Long.MIN_VALUE, first.position());
    all(ALICE, PHONE);
    assertThat(tested().acknowledge(ALICE, PHONE, Long.MAX_VALUE))
        .as("another message may get a position above the watermark")
        .isLessThanOrEqualTo(tested().watermark());
    assertThat(tested().acknowledge(ALICE, PHONE, first.position()))
        .isLessThanOrEqualTo(first.position());
  }

  @Test
  void td4_unknownDevice_hasNoneAndAcknowledgesNothing() {
    send(List.of(message(ALICE, PHONE, "a")));

    assertThat(all(ALICE, LAPTOP)).isEmpty();
    assertThat(all(BOB, PHONE)).isEmpty();
    assertThatCode(() -> tested().acknowledge(BOB, PHONE, 1)).doesNotThrowAnyException();
  }

  @Test
  void td4_removedDevice_hasNone() {
    send(List.of(message(ALICE, PHONE, "a"), message(ALICE, LAPTOP, "b")));
    send(List.of(message(BOB, PHONE, "c")));

    remove(ALICE, PHONE);
    remove(BOB, LAPTOP);

    assertThat(all(ALICE, PHONE)).isEmpty();
    assertThat(types(all(ALICE, LAPTOP))).containsExactly("b");
    assertThat(types(all(BOB, PHONE))).containsExactly("c");
  }

  @Test
  void td5_onMessage_listener_readsTheMessage() {
    Notifications<String> notified = new Notifications<>();
    tested()
        .onMessage((user, device) -> all(user, device)
            .forEach(message -> notified.add(user + " " + device + " " + message.type())));

    send(List.of(message(ALICE, PHONE, "a"), message(BOB, LAPTOP, "b")));

    notified.await((ALICE + " PHONE a")::equals, "a call for Alice's phone");
    notified.await((BOB + " LAPTOP b")::equals, "a call for Bob's laptop");
  }

  @Test
  void td5_onAdvance_listener_seesTheWatermark() {
    Notifications<Long> notified = new Notifications<>();
    tested().onAdvance(() -> notified.add(tested().watermark()));

    send(List.of(message(ALICE, PHONE, "a")));

    notified.await(seen -> seen > start, "a signal of the advance");
  }

  @Test
  void td5_onMessage_registrationClosedAndListenerThrows_harmNobody() {
    Notifications<String> notified = new Notifications<>();
    tested().onMessage((user, device) -> notified.add("closed")).close();
    tested().onMessage((user, device) -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
      throw new IllegalStateException("a listener's own failure about " + user);
    });
    tested().onMessage((user, device) -> notified.add("open"));

    Threads.elsewhere(() -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
      send(List.of(message(ALICE, PHONE, "a")));
      return true;
    });

    notified.await("open"::equals, "a call of the last listener");
    assertThat(notified.all()).doesNotContain("closed");
  }

  @Test
  void td6_watermark_afterSending_coversTheMessages() {
    long before = start;
    for (int i = 0; i < 5; i++) {
      send(List.of(message(ALICE, PHONE, "a" + i), message(BOB, PHONE, "b" + i)));
      long now = tested().watermark();
      assertThat(now).isGreaterThan(before);
      assertThat(types(tested().messages(ALICE, PHONE, before, now, 9))).containsExactly("a" + i);
      before = now;
    }
  }

  @Test
  void td6_messages_sentAtOnce_areFoundBelowTheWatermark() {
    AtomicInteger sending = new AtomicInteger(SENDERS);
    List<String> found = new ArrayList<>();
    List<Callable<Boolean>> threads = new ArrayList<>();
    IntStream.range(0, SENDERS)
        .forEach(sender -> threads.add(() -> {
          try {
            for (int i = 0; i < EACH; i++) {
              send(List.of(message(ALICE, PHONE, sender + "-" + i)));
            }
            return true;
          } finally {
            sending.decrementAndGet();
          }
        }));
    threads.add(() -> follow(sending, found));
    Threads.all(threads);

    assertThat(found).hasSize(SENDERS * EACH).doesNotHaveDuplicates();
  }

  private boolean follow(AtomicInteger sending, List<String> found) {
    long after = start;
    boolean last;
    do {
      last = sending.get() == 0;
      long upTo = store().watermark();
      found.addAll(types(store().messages(ALICE, PHONE, after, upTo, 1_000)));
      after = upTo;
    } while (!last);
    return true;
  }

  private List<ToDeviceMessage> all(UserId user, DeviceId device) {
    return tested().messages(user, device, start, tested().refresh(), 1_000);
  }

  static List<String> types(List<ToDeviceMessage> messages) {
    return messages.stream().map(ToDeviceMessage::type).toList();
  }

  static ToDeviceMessage message(UserId user, DeviceId device, String type) {
    return new ToDeviceMessage(0, user, device, BOB, type, RawJson.of("{}"));
  }
}
