package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.LAPTOP;
import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.PHONE;
import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link TransactionIds}: the rules TX of the package {@code io.github.matrixsync.store.device}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class TransactionIdsTck<S extends TransactionIds> extends StoreTck<S> {
  /** For subclasses. */
  protected TransactionIdsTck() {}

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Sends an event as the host does, with a transaction id.
   *
   * @param whenReadable run it once, as soon as the event can be read
   */
  protected abstract void send(
      UserId user, DeviceId device, EventId event, String transactionId, Runnable whenReadable);

  private TransactionIds tested() {
    return recorded(TransactionIds.class);
  }

  @Test
  void tx1_of_theSendingDevice_hasItsOwnAlone() {
    send(ALICE, PHONE, id("a"), "one", () -> {});
    send(ALICE, LAPTOP, id("b"), "one", () -> {});
    send(BOB, PHONE, id("c"), "one", () -> {});
    send(ALICE, PHONE, id("d"), "two", () -> {});
    List<EventId> events = List.of(id("a"), id("b"), id("c"), id("d"), id("e"));

    assertThat(tested().of(ALICE, PHONE, events)).isEqualTo(Map.of(id("a"), "one", id("d"), "two"));
    assertThat(tested().of(ALICE, LAPTOP, events)).isEqualTo(Map.of(id("b"), "one"));
    assertThat(tested().of(BOB, LAPTOP, events)).isEmpty();
    assertThat(tested().of(ALICE, PHONE, List.of(id("d")))).isEqualTo(Map.of(id("d"), "two"));
    assertThat(tested().of(ALICE, PHONE, List.of())).isEmpty();
  }

  @Test
  void tx1_of_anyText_comesBack() {
    Map<EventId, String> sent = new HashMap<>();
    for (String text : Events.ANY_TEXTS) {
      EventId event = id("event" + sent.size());
      sent.put(event, text);
      send(ALICE, PHONE, event, text, () -> {});
    }

    assertThat(tested().of(ALICE, PHONE, sent.keySet())).isEqualTo(sent);
  }

  @Test
  void tx2_of_whenTheEventCanBeRead_isThere() {
    List<Map<EventId, String>> read = new ArrayList<>();

    send(ALICE, PHONE, id("a"), "one", () -> read.add(store().of(ALICE, PHONE, List.of(id("a")))));

    assertThat(read).containsExactly(Map.of(id("a"), "one"));
  }
}
