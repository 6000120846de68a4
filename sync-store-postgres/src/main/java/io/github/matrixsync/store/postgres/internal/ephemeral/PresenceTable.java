package io.github.matrixsync.store.postgres.internal.ephemeral;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.shorts;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.postgres.internal.entry.Millis;
import io.github.matrixsync.store.postgres.internal.entry.SetTable;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The presence of users. Immutable. */
final class PresenceTable extends SetTable<UserId, PresenceChange> {
  static final List<String> COLUMNS = List.of(
      "subject",
      "position",
      "state",
      "status_message",
      "last_active",
      "display_name",
      "avatar_url");

  PresenceTable(Schema schema) {
    super(schema, StreamNumber.PRESENCE, COLUMNS, List.of("subject"));
  }

  @Override
  public PresenceChange read(ResultSet row, int before) throws SQLException {
    long lastActive = row.getLong(before + 5);
    boolean wasActive = !row.wasNull();
    return new PresenceChange(
        row.getLong(before + 2),
        UserId.parse(row.getString(before + 1)),
        EnumCodec.of(PresenceState.values(), row.getInt(before + 3)),
        text(row, before + 4),
        wasActive ? Optional.of(Instant.ofEpochMilli(lastActive)) : Optional.empty(),
        text(row, before + 6),
        text(row, before + 7));
  }

  private static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(TextCodec.decodeNullable(row.getBytes(column)));
  }

  @Override
  protected UserId entryOf(PresenceChange change) {
    return change.user();
  }

  @Override
  protected Object[] keyParameters(Collection<PresenceChange> changes) {
    return new Object[] {texts(changes, change -> change.user().value())};
  }

  @Override
  protected Object[] parameters(Collection<PresenceChange> changes) {
    List<@Nullable Long> lastActive = new ArrayList<>();
    changes.forEach(change -> lastActive.add(Millis.of(change.lastActive())));
    return new Object[] {
      texts(changes, change -> change.user().value()),
      longs(changes.stream().map(PresenceChange::position).toList()),
      shorts(changes.stream().map(change -> EnumCodec.number(change.state())).toList()),
      encoded(changes, PresenceChange::statusMessage),
      longs(lastActive),
      encoded(changes, PresenceChange::displayName),
      encoded(changes, PresenceChange::avatarUrl)
    };
  }

  private static Object encoded(
      Collection<PresenceChange> changes, Function<PresenceChange, Optional<String>> text) {
    List<byte @Nullable []> encoded = new ArrayList<>();
    changes.forEach(
        change -> encoded.add(TextCodec.encodeNullable(text.apply(change).orElse(null))));
    return bytes(encoded);
  }

  @Override
  protected PresenceChange at(PresenceChange presence, long position) {
    return new PresenceChange(
        position,
        presence.user(),
        presence.state(),
        presence.statusMessage(),
        presence.lastActive(),
        presence.displayName(),
        presence.avatarUrl());
  }

  @Override
  protected boolean isSame(PresenceChange value, PresenceChange present) {
    return at(value, present.position()).equals(present);
  }
}
