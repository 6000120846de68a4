package io.github.matrixsync.store.postgres.internal.settings;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.SettingsChanges;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.stream.Watermark;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * User settings on PostgreSQL. Changes are a stream by user, so that every node's listeners are called for each, also
 * after the node was cut off. Thread-safe.
 */
public final class SettingsRole implements SettableUserSettings {
  private static final String WHAT = "reading settings";

  private final TableWriter<SettingsOrder, Setting, Setting.State, Boolean> writer;
  private final Watermark watermark;
  private final SettingsChanges changes;
  private final Hints hints;
  private final ProvenRead read;
  private final String values;
  private final String marked;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Opens the role. */
  public SettingsRole(Database database, Schema schema, Heads heads, Hints hints) {
    writer = new TableWriter<>(database, schema, new SettingsTable(schema));
    watermark = heads.watermark(StreamNumber.SETTINGS);
    changes = heads.settings();
    this.hints = hints;
    read = new ProvenRead(database, schema, StreamNumber.SETTINGS);
    values = read.with(schema.sql("SELECT value FROM @setting WHERE subject = ? AND kind = ?"));
    marked =
        read.with(schema.sql("SELECT subject FROM @setting WHERE subject = ANY (?) AND kind = ?"));
  }

  @Override
  public Set<UserId> ignored(UserId user) {
    return values(user, Setting.Kind.IGNORED, UserId::parse);
  }

  @Override
  public Set<RoomId> forgotten(UserId user) {
    return values(user, Setting.Kind.FORGOTTEN, RoomId::parse);
  }

  @Override
  public Set<UserId> presenceList(UserId user) {
    return values(user, Setting.Kind.PRESENCE_LIST, UserId::parse);
  }

  @Override
  public Set<UserId> erased(Collection<UserId> users) {
    return marked(users, Setting.Kind.ERASED);
  }

  @Override
  public Set<UserId> blocksInvites(Collection<UserId> users) {
    return marked(users, Setting.Kind.BLOCKS_INVITES);
  }

  /** Returns those of these users for whom a setting without values is set. */
  private Set<UserId> marked(Collection<UserId> users, Setting.Kind kind) {
    requireOpen();
    return users.isEmpty()
        ? Set.of()
        : read(
            marked, UserId::parse, texts(Set.copyOf(users), UserId::value), EnumCodec.number(kind));
  }

  private <T> Set<T> values(UserId user, Setting.Kind kind, Function<String, T> parse) {
    requireOpen();
    return read(values, parse, user.value(), EnumCodec.number(kind));
  }

  private <T> Set<T> read(String sql, Function<String, T> parse, Object... parameters) {
    List<T> found = read.rows(
        WHAT,
        ProvenRead.Bounds.upTo(watermark.position()),
        row -> parse.apply(row.getString(ProvenRead.HEAD_COLUMNS + 1)),
        sql,
        parameters);
    return Set.copyOf(found);
  }

  @Override
  public Registration onChange(Consumer<UserId> listener) {
    requireOpen();
    return changes.onChange(listener);
  }

  @Override
  public void setIgnored(UserId user, Set<UserId> users) {
    write(new SettingsOrder.Replace(user, Setting.Kind.IGNORED, texted(users)));
  }

  @Override
  public void forget(UserId user, RoomId room) {
    write(new SettingsOrder.Put(new Setting(user, Setting.Kind.FORGOTTEN, room.value()), true));
  }

  @Override
  public void unforget(UserId user, RoomId room) {
    write(new SettingsOrder.Put(new Setting(user, Setting.Kind.FORGOTTEN, room.value()), false));
  }

  @Override
  public void setPresenceList(UserId user, Set<UserId> users) {
    write(new SettingsOrder.Replace(user, Setting.Kind.PRESENCE_LIST, texted(users)));
  }

  @Override
  public void erase(UserId user) {
    write(new SettingsOrder.Put(new Setting(user, Setting.Kind.ERASED, ""), true));
  }

  @Override
  public void setBlocksInvites(UserId user, boolean blocks) {
    write(new SettingsOrder.Put(new Setting(user, Setting.Kind.BLOCKS_INVITES, ""), blocks));
  }

  private static Set<String> texted(Set<UserId> users) {
    return users.stream().map(UserId::value).collect(Collectors.toSet());
  }

  private void write(SettingsOrder order) {
    requireOpen();
    TableWriter.Written<Setting, Setting.State, Boolean> written = writer.write(order);
    Draft<Setting, Setting.State> draft = written.draft();
    watermark.advanceTo(draft.position());
    changes.changed(order.user());
    if (!draft.changed().isEmpty()) {
      hints.send(StreamNumber.SETTINGS, draft.position());
    }
  }

  /** Refuses every later call. */
  public void close() {
    closed.set(true);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
