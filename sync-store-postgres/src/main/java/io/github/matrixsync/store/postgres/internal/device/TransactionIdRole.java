package io.github.matrixsync.store.postgres.internal.device;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.SettableTransactionIds;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The transaction ids of events on PostgreSQL. Thread-safe. */
public final class TransactionIdRole implements SettableTransactionIds {
  private final PlainTables tables;
  private final String insert;
  private final String select;

  /** Opens the role. */
  public TransactionIdRole(Database database, Schema schema) {
    tables = new PlainTables(database, schema);
    insert = schema.sql("""
        INSERT INTO @transaction_id (event, subject, device, id) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING""");
    select = tables.query(
        "SELECT event, id FROM @transaction_id WHERE event = ANY (?) AND subject = ? AND device = ?");
  }

  @Override
  public Map<EventId, String> of(UserId user, DeviceId device, Collection<EventId> events) {
    tables.requireOpen();
    if (events.isEmpty()) {
      return Map.of();
    }
    Map<EventId, String> found = new HashMap<>();
    tables
        .read(
            "reading transaction ids",
            row -> Map.entry(
                EventId.parse(row.getString(PlainTables.FIRST)),
                TextCodec.decode(row.getBytes(PlainTables.FIRST + 1))),
            select,
            texts(Set.copyOf(events), EventId::value),
            user.value(),
            device.value())
        .forEach(row -> found.put(row.getKey(), row.getValue()));
    return Map.copyOf(found);
  }

  @Override
  public void set(UserId user, DeviceId device, EventId event, String transactionId) {
    byte[] id = TextCodec.encode(transactionId);
    tables.write(
        "storing a transaction id",
        statements -> statements.add(insert, event.value(), user.value(), device.value(), id));
  }

  /** Refuses every later call. */
  public void close() {
    tables.close();
  }
}
