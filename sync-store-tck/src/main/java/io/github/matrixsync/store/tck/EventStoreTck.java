package io.github.matrixsync.store.tck;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.tck.rules.event.FailureRules;
import io.github.matrixsync.store.tck.rules.event.HistoryRules;
import io.github.matrixsync.store.tck.rules.event.LikenessRules;
import io.github.matrixsync.store.tck.rules.event.LogRules;
import io.github.matrixsync.store.tck.rules.event.ManyRules;
import io.github.matrixsync.store.tck.rules.event.RedactionRules;
import io.github.matrixsync.store.tck.rules.event.ResultRules;
import io.github.matrixsync.store.tck.rules.event.StateRules;
import io.github.matrixsync.store.tck.rules.event.ValueRules;
import io.github.matrixsync.store.tck.rules.stream.StreamRules;
import io.github.matrixsync.store.tck.rules.writer.WriterRules;
import java.util.List;

/**
 * The contract of an {@link EventStore} that is only read: the rules V, P, W, L, B, R, S, H, D, E and X of the package
 * {@code io.github.matrixsync.store}, as far as live events show them. For a store over a host's own tables; one that
 * takes events through this library extends {@link AppendableEventStoreTck}, which has these tests too.
 *
 * <p>The author says how a store is made, how the host writes a transaction, and how the storage is made to fail:
 *
 * <pre>{@code
 * class ContractTest extends EventStoreTck<HostEventStore> {
 *   private final FailingDataSource database = new FailingDataSource(testDatabase());
 *
 *   protected HostEventStore open() {
 *     return new HostEventStore(database.emptied());
 *   }
 *
 *   public List<Long> fill(List<RoomEvent> events, Runnable beforeCommit) {
 *     try (Transaction transaction = database.begin()) {
 *       List<Long> positions = host.insert(transaction, events);
 *       beforeCommit.run();
 *       transaction.commit();
 *       store().refresh();
 *       return positions;
 *     }
 *   }
 *
 *   protected void failStorage() {
 *     database.fail(new SQLException("connection refused"));
 *   }
 *
 *   protected void mendStorage() {
 *     database.mend();
 *   }
 * }
 * }</pre>
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class EventStoreTck<S extends EventStore> extends EventStoreBase<S>
    implements StreamRules,
        ValueRules,
        LikenessRules,
        LogRules,
        ManyRules,
        WriterRules,
        StateRules,
        HistoryRules,
        RedactionRules,
        ResultRules,
        FailureRules {
  /** Begins the tests of a store. */
  protected EventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  /**
   * Has the tables under {@link #store()} hold these new events, in the host's own way, in one transaction, each
   * accepted and in this order; a state event sets its own entry. Returns when they are committed and the watermark
   * covers them (rule W2), so a store that learns of new rows by looking has to look.
   *
   * <p>Called by several threads at once. {@code beforeCommit} is to be run once, when the positions are taken and the
   * rows are written, right before the commit: it may wait while other threads fill and read. If it throws, roll back
   * and let the exception through.
   *
   * @return the positions that the store gives them, in the order of the events
   */
  @Override
  public abstract List<Long> fill(List<RoomEvent> events, Runnable beforeCommit);

  @Override
  public final List<Long> fill(List<RoomEvent> events) {
    return fill(events, () -> {});
  }

  /**
   * Has every access to the storage of {@link #store()} fail from now on, in the way it really fails: an
   * {@code SQLException} out of the driver, say. A store that does no I/O has nothing to fail and leaves this empty.
   */
  @Override
  public abstract void failStorage();

  /** Has the storage of {@link #store()} work again. */
  @Override
  public abstract void mendStorage();
}
