package io.github.matrixsync.store.postgres.internal.ephemeral;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.postgres.internal.entry.SetTable;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The account data of users. Immutable. */
final class AccountDataTable extends SetTable<AccountDataTable.Key, AccountDataChange> {
  static final List<String> COLUMNS =
      List.of("subject", "room", "type_key", "type", "position", "content");

  /** The identity of an entry. */
  record Key(UserId user, Optional<RoomId> room, String type) {}

  AccountDataTable(Schema schema) {
    super(schema, StreamNumber.ACCOUNT_DATA, COLUMNS, List.of("subject", "room", "type_key"));
  }

  @Override
  public long size(AccountDataChange change) {
    return change.content().length();
  }

  @Override
  public AccountDataChange read(ResultSet row, int before) throws SQLException {
    String room = row.getString(before + 2);
    return new AccountDataChange(
        row.getLong(before + 5),
        UserId.parse(row.getString(before + 1)),
        room.isEmpty() ? Optional.empty() : Optional.of(RoomId.parse(room)),
        TextCodec.decode(row.getBytes(before + 4)),
        RawJson.of(row.getBytes(before + 6)));
  }

  @Override
  protected Key entryOf(AccountDataChange change) {
    return new Key(change.user(), change.room(), change.type());
  }

  @Override
  protected Object[] keyParameters(Collection<AccountDataChange> changes) {
    return new Object[] {
      texts(changes, change -> change.user().value()),
      texts(changes, AccountDataTable::room),
      bytes(changes.stream().map(change -> TextCodec.digest(change.type())).toList())
    };
  }

  @Override
  protected Object[] parameters(Collection<AccountDataChange> changes) {
    return new Object[] {
      texts(changes, change -> change.user().value()),
      texts(changes, AccountDataTable::room),
      bytes(changes.stream().map(change -> TextCodec.digest(change.type())).toList()),
      bytes(changes.stream().map(change -> TextCodec.encode(change.type())).toList()),
      longs(changes.stream().map(AccountDataChange::position).toList()),
      bytes(changes.stream().map(change -> change.content().toByteArray()).toList())
    };
  }

  private static String room(AccountDataChange change) {
    return change.room().map(RoomId::value).orElse("");
  }

  @Override
  protected AccountDataChange at(AccountDataChange entry, long position) {
    return new AccountDataChange(
        position, entry.user(), entry.room(), entry.type(), entry.content());
  }

  @Override
  protected boolean isSame(AccountDataChange value, AccountDataChange present) {
    return value.content().equals(present.content());
  }
}
