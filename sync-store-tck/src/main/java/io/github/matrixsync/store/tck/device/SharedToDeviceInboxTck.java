package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.LAPTOP;
import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.PHONE;
import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.message;
import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.types;
import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of an inbox of which several instances share one storage, which is also that of one that was opened
 * again: the rules TD of the package {@code io.github.matrixsync.store.device} between them.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedToDeviceInboxTck<S extends SettableToDeviceInbox>
    extends SharedStoreTck<S> {
  private long start;

  /** For subclasses. */
  protected SharedToDeviceInboxTck() {}

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  @Test
  void td2_messages_onTheOther_comeUntilAcknowledged() {
    store().send(List.of(message(ALICE, PHONE, "a"), message(ALICE, LAPTOP, "b")));
    List<ToDeviceMessage> here = all(store());

    assertThat(all(withoutSignals())).isEqualTo(here).hasSize(1);
    assertThat(all(other())).isEqualTo(here);
  }

  @Test
  void td3_acknowledge_handedOutByTheOther_isRemovedEverywhere() {
    store().send(List.of(message(ALICE, PHONE, "a"), message(ALICE, PHONE, "b")));
    long first =
        store().messages(ALICE, PHONE, start, store().watermark(), 1).get(0).position();

    withoutSignals().acknowledge(ALICE, PHONE, Long.MAX_VALUE);

    assertThat(types(all(store()))).as("one was handed out").containsExactly("b");
    assertThat(all(other())).allMatch(message -> message.position() > first).hasSize(1);
  }

  @Test
  void td4_removedByTheOther_hasNone() {
    store().send(List.of(message(ALICE, PHONE, "a")));
    withoutSignals().remove(ALICE, PHONE);

    assertThat(all(store())).isEmpty();
  }

  @Test
  void td5_onMessage_theOtherSends_isSignaledAndRead() {
    Notifications<String> notified = new Notifications<>();
    store().onMessage((user, device) -> types(all(store())).forEach(notified::add));

    other().send(List.of(message(ALICE, PHONE, "a")));

    notified.await("a"::equals, "a call with which the other's message is read");
  }

  @Test
  void td5_refresh_findsWhatTheOtherSent_callsTheListeners() {
    S unsignaled = withoutSignals();
    Notifications<String> notified = new Notifications<>();
    unsignaled.onMessage((user, device) -> types(all(unsignaled)).forEach(notified::add));
    for (String type : List.of("a", "b", "c")) {
      store().send(List.of(message(ALICE, PHONE, type)));
      unsignaled.refresh();
      notified.await(type::equals, "a call by refresh() for " + type);
    }
  }

  @Test
  void td6_positions_onEitherInTurn_increase() {
    for (int i = 0; i < 3; i++) {
      store().send(List.of(message(ALICE, PHONE, "a" + i)));
      withoutSignals().send(List.of(message(ALICE, PHONE, "b" + i)));
    }

    assertThat(types(all(store()))).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
  }

  private List<ToDeviceMessage> all(S on) {
    return on.messages(ALICE, PHONE, start, on.refresh(), 1_000);
  }
}
