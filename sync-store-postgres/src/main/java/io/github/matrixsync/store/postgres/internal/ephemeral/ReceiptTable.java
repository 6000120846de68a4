package io.github.matrixsync.store.postgres.internal.ephemeral;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The receipts of users in rooms. Immutable. */
final class ReceiptTable extends SetTable<ReceiptTable.Key, ReceiptChange> {
  static final List<String> COLUMNS =
      List.of("room", "subject", "type_key", "type", "position", "event", "at");

  /** The identity of a receipt. */
  record Key(RoomId room, UserId user, String type) {}

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
        EventId.parse(row.getString(before + 6)),
        Instant.ofEpochMilli(row.getLong(before + 7)));
  }

  @Override
  Key entryOf(ReceiptChange change) {
    return new Key(change.room(), change.user(), change.type());
  }

  @Override
  Object[] keyParameters(Collection<ReceiptChange> changes) {
    return new Object[] {
      texts(changes, change -> change.room().value()),
      texts(changes, change -> change.user().value()),
      bytes(changes.stream().map(change -> TextCodec.digest(change.type())).toList())
    };
  }

  @Override
  Object[] parameters(Collection<ReceiptChange> changes) {
    return new Object[] {
      texts(changes, change -> change.room().value()),
      texts(changes, change -> change.user().value()),
      bytes(changes.stream().map(change -> TextCodec.digest(change.type())).toList()),
      bytes(changes.stream().map(change -> TextCodec.encode(change.type())).toList()),
      longs(changes.stream().map(ReceiptChange::position).toList()),
      texts(changes, change -> change.event().value()),
      longs(changes.stream().map(change -> Millis.of(change.at())).toList())
    };
  }

  @Override
  ReceiptChange at(ReceiptChange receipt, long position) {
    return new ReceiptChange(
        position, receipt.room(), receipt.user(), receipt.type(), receipt.event(), receipt.at());
  }

  @Override
  boolean isSame(ReceiptChange value, ReceiptChange present) {
    return value.event().equals(present.event());
  }
}
