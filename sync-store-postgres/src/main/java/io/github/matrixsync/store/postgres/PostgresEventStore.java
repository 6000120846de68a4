package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.sql.Connection;
import java.util.List;

/**
 * The room events on PostgreSQL. Besides what every store takes, the host can append in a transaction of its own.
 *
 * @since 0.1.0
 */
public interface PostgresEventStore
    extends AppendableEventStore, PurgeableEventStore, Relations, TimelineGaps {
  /**
   * Appends a batch in the host's transaction, so that it is stored exactly if the host's own rows are. It must be the
   * last thing before the commit: until then every other append waits, because positions are given in the order of
   * commits. After the commit call {@link #committed()}, or nodes see the events up to a second later.
   *
   * <p>Takes two round trips. The settings that the store needs hold until the end of the transaction. Do not call it
   * while another thread needs a connection of the same exhausted pool in order to append.
   *
   * @param connection in a transaction with isolation READ COMMITTED, without autocommit
   * @param batch in the order in which the events take effect
   * @return the positions that the events have once the transaction is committed
   * @throws IllegalArgumentException if a state entry names an unknown event or one that does not fit it
   * @throws IllegalStateException if the connection has autocommit or another isolation; nothing was written
   * @throws io.github.matrixsync.store.StoreException if storing failed; the transaction must be rolled back
   */
  List<Long> append(Connection connection, List<Append> batch);

  /**
   * Reads how far the log has advanced by the host's transaction, and signals the other nodes. May block.
   *
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  void committed();
}
