package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.PHONE;
import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.device.SettableTransactionIds;
import io.github.matrixsync.store.tck.SharedStoreTck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of transaction ids for several store instances that share one storage: the rules TX of the package
 * {@code io.github.matrixsync.store.device}, checked between instances. Implement {@link #open} and {@link #another};
 * {@link SharedStoreTck} has an example.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedTransactionIdsTck<S extends SettableTransactionIds>
    extends SharedStoreTck<S> {
  /** For subclasses. */
  protected SharedTransactionIdsTck() {}

  @Test
  void tx2_of_theOtherSetWithoutASignal_isThere() {
    List<EventId> events = List.of(id("a"), id("b"));
    assertThat(withoutSignals().of(ALICE, PHONE, events)).isEmpty();

    store().set(ALICE, PHONE, id("a"), "one");
    assertThat(withoutSignals().of(ALICE, PHONE, events)).isEqualTo(Map.of(id("a"), "one"));
    withoutSignals().set(ALICE, PHONE, id("b"), "two");

    assertThat(store().of(ALICE, PHONE, events)).isEqualTo(Map.of(id("a"), "one", id("b"), "two"));
  }
}
