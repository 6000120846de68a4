package io.github.matrixsync.store.postgres.internal.ephemeral;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.postgres.internal.entry.Millis;
import io.github.matrixsync.store.postgres.internal.entry.SetTable;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The receipts of users in rooms. Immutable. */
final class ReceiptTable extends SetTable<ReceiptTable.Key, ReceiptChange> {
  static final List<String> COLUMNS =
      List.of("room", "subject", "type_key", "type", "position", "event", "at", "thread");

  /** The identity of a receipt. */
  record Key(RoomId room, UserId user, String type, Optional<String> threadId) {}

  ReceiptTable(Schema schema) {
    super(schema, StreamNumber.RECEIPTS, COLUMNS, List.of("room", "subject", "type_key"));
  }

  @Override
  public ReceiptChange read(ResultSet row, int before) throws SQLException {
    return new ReceiptChange(
        row.getLong(before + 5),
        RoomId.parse(row.getString(before + 1)),
        UserId.parse(row.getString(before + 2)),
        TextCodec.decode(row.getBytes(before + 4)),
        Optional.ofNullable(TextCodec.decodeNullable(row.getBytes(before + 8))),
        EventId.parse(row.getString(before + 6)),
        Instant.ofEpochMilli(row.getLong(before + 7)));
  }

  @Override
  protected Key entryOf(ReceiptChange change) {
    return new Key(change.room(), change.user(), change.type(), change.threadId());
  }

  @Override
  protected Object[] keyParameters(Collection<ReceiptChange> changes) {
    return new Object[] {
      texts(changes, change -> change.room().value()),
      texts(changes, change -> change.user().value()),
      bytes(changes.stream().map(ReceiptTable::key).toList())
    };
  }

  @Override
  protected Object[] parameters(Collection<ReceiptChange> changes) {
    return new Object[] {
      texts(changes, change -> change.room().value()),
      texts(changes, change -> change.user().value()),
      bytes(changes.stream().map(ReceiptTable::key).toList()),
      bytes(changes.stream().map(change -> TextCodec.encode(change.type())).toList()),
      longs(changes.stream().map(ReceiptChange::position).toList()),
      texts(changes, change -> change.event().value()),
      longs(changes.stream().map(change -> Millis.of(change.at())).toList()),
      bytes(changes.stream()
          .map(change -> TextCodec.encodeNullable(change.threadId().orElse(null)))
          .toList())
    };
  }

  /** Returns the digest of type and thread, or of the type alone. */
  private static byte[] key(ReceiptChange change) {
    return change
        .threadId()
        .map(thread -> TextCodec.digest(change.type(), thread))
        .orElseGet(() -> TextCodec.digest(change.type()));
  }

  @Override
  protected ReceiptChange at(ReceiptChange receipt, long position) {
    return receipt.withPosition(position);
  }

  @Override
  protected boolean isSame(ReceiptChange value, ReceiptChange present) {
    return value.event().equals(present.event());
  }
}
