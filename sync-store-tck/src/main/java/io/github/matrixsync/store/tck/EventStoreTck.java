package io.github.matrixsync.store.tck;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.tck.rules.event.BulkReadRules;
import io.github.matrixsync.store.tck.rules.event.FailureRules;
import io.github.matrixsync.store.tck.rules.event.HistoryRules;
import io.github.matrixsync.store.tck.rules.event.LogRules;
import io.github.matrixsync.store.tck.rules.event.RedactionRules;
import io.github.matrixsync.store.tck.rules.event.ResultRules;
import io.github.matrixsync.store.tck.rules.event.SimilarNamesRules;
import io.github.matrixsync.store.tck.rules.event.StateRules;
import io.github.matrixsync.store.tck.rules.event.SyncReadRules;
import io.github.matrixsync.store.tck.rules.event.ValueRules;
import io.github.matrixsync.store.tck.rules.stream.StreamRules;
import io.github.matrixsync.store.tck.rules.writer.WriterRules;
import java.util.List;

/**
 * The contract of an {@link EventStore} that is only read: the rules V, P, W, L, B, R, S, H, D, E and X of the package
 * {@code io.github.matrixsync.store}, tested with live events. For a store over a host's own tables; a store to which
 * events are appended through this library extends {@link AppendableEventStoreTck}, which has these tests too.
 *
 * <p>The author implements how a store is created, how the host writes a transaction, and how the storage is made to
 * fail:
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
        SimilarNamesRules,
        LogRules,
        BulkReadRules,
        WriterRules,
        StateRules,
        SyncReadRules,
        HistoryRules,
        RedactionRules,
        ResultRules,
        FailureRules {
  /** For subclasses. */
  protected EventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  /**
   * Writes these new, accepted events into the tables of {@link #store()} as the host does, in this order and in one
   * transaction; a state event sets its own entry. Returns when they are committed and the watermark covers them (rule
   * W2): a store that finds new rows only by reading must be refreshed first.
   *
   * <p>Called by several threads at once. Run {@code beforeCommit} once, when the positions are taken and the rows are
   * written, right before the commit: it may wait while other threads write and read. If it throws, roll back and
   * rethrow.
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
   * Makes every access to the storage of {@link #store()} fail from now on as it does in production, for example with
   * an {@code SQLException} from the driver. Empty for a store that does no I/O.
   */
  @Override
  public abstract void failStorage();

  /** Makes the storage of {@link #store()} work again. */
  @Override
  public abstract void mendStorage();
}
