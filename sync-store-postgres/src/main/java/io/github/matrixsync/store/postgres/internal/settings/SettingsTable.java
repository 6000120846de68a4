package io.github.matrixsync.store.postgres.internal.settings;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.shorts;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.EntryTable;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of users. A user whose settings changed has a new position in the stream of settings. Immutable. */
final class SettingsTable implements EntryTable<SettingsOrder, Setting, Setting.State, Boolean> {
  private final String values;
  private final String changes;
  private final String insert;
  private final String delete;
  private final String change;

  SettingsTable(Schema schema) {
    values = schema.sql("""
        SELECT a.subject, a.kind, s.value FROM unnest(?, ?) a (subject, kind)
        CROSS JOIN LATERAL (SELECT value FROM @setting
          WHERE subject = a.subject AND kind = a.kind OFFSET 0) s
        UNION ALL SELECT a.subject, a.kind, a.value FROM unnest(?, ?, ?) a (subject, kind, value)
        CROSS JOIN LATERAL (SELECT 1 FROM @setting
          WHERE subject = a.subject AND kind = a.kind AND value = a.value LIMIT 1) s""");
    changes = schema.sql("SELECT subject, position FROM @settings_change WHERE subject = ANY (?)");
    insert = schema.sql("""
        INSERT INTO @setting (subject, kind, value) SELECT unnest(?), unnest(?), unnest(?)
        ON CONFLICT DO NOTHING""");
    delete = schema.sql("""
        DELETE FROM @setting s USING unnest(?, ?, ?) a (subject, kind, value)
        WHERE s.subject = a.subject AND s.kind = a.kind AND s.value = a.value""");
    change = schema.sql("""
        INSERT INTO @settings_change (subject, position) SELECT unnest(?), unnest(?)
        ON CONFLICT (subject) DO UPDATE SET position = excluded.position""");
  }

  @Override
  public StreamNumber stream() {
    return StreamNumber.SETTINGS;
  }

  @Override
  public long size(SettingsOrder order) {
    return order instanceof SettingsOrder.Replace replace
        ? replace.values().stream().mapToLong(String::length).sum()
        : 0;
  }

  @Override
  public void addReads(Statements statements, List<SettingsOrder> orders) {
    Set<Setting> whole = new LinkedHashSet<>();
    Set<Setting> single = new LinkedHashSet<>();
    Set<UserId> users = new LinkedHashSet<>();
    for (SettingsOrder order : orders) {
      users.add(order.user());
      if (order instanceof SettingsOrder.Replace replace) {
        whole.add(new Setting(replace.user(), replace.kind(), ""));
      } else if (order instanceof SettingsOrder.Put put) {
        single.add(put.setting());
      }
    }
    statements.add(
        values,
        texts(whole, setting -> setting.user().value()),
        shorts(whole.stream().map(Setting::number).toList()),
        texts(single, setting -> setting.user().value()),
        shorts(single.stream().map(Setting::number).toList()),
        texts(single, Setting::value));
    statements.add(changes, texts(users, UserId::value));
  }

  @Override
  public void read(Results results, Draft<Setting, Setting.State> draft) throws SQLException {
    ResultSet row = results.next();
    while (row.next()) {
      UserId user = UserId.parse(row.getString(1));
      Setting.Kind kind = EnumCodec.of(Setting.Kind.values(), row.getInt(2));
      draft.read(new Setting(user, kind, row.getString(3)), new Setting.State(true, 0));
    }
    ResultSet changed = results.next();
    while (changed.next()) {
      UserId user = UserId.parse(changed.getString(1));
      draft.read(Setting.changeOf(user), new Setting.State(true, changed.getLong(2)));
    }
  }

  /** Returns whether anything changed. */
  @Override
  public Boolean apply(SettingsOrder order, Draft<Setting, Setting.State> draft) {
    List<Setting> added = new ArrayList<>();
    List<Setting> removed = new ArrayList<>();
    if (order instanceof SettingsOrder.Put put) {
      if (put.isSet() != isSet(draft, put.setting())) {
        (put.isSet() ? added : removed).add(put.setting());
      }
    } else if (order instanceof SettingsOrder.Replace replace) {
      compare(replace, draft, added, removed);
    }
    if (added.isEmpty() && removed.isEmpty()) {
      return false;
    }
    long position = draft.nextPosition();
    added.forEach(setting -> draft.put(setting, new Setting.State(true, position)));
    removed.forEach(setting -> draft.put(setting, new Setting.State(false, position)));
    draft.put(Setting.changeOf(order.user()), new Setting.State(true, position));
    return true;
  }

  private static void compare(
      SettingsOrder.Replace replace,
      Draft<Setting, Setting.State> draft,
      List<Setting> added,
      List<Setting> removed) {
    for (String value : replace.values()) {
      Setting setting = new Setting(replace.user(), replace.kind(), value);
      if (!isSet(draft, setting)) {
        added.add(setting);
      }
    }
    draft.entries().forEach((setting, state) -> {
      if (state.isSet()
          && setting.kind() == replace.kind()
          && setting.user().equals(replace.user())
          && !replace.values().contains(setting.value())) {
        removed.add(setting);
      }
    });
  }

  private static boolean isSet(Draft<Setting, Setting.State> draft, Setting setting) {
    Setting.State state = draft.get(setting);
    return state != null && state.isSet();
  }

  @Override
  public void addRows(
      Statements statements,
      Draft<Setting, Setting.State> draft,
      Collection<Setting.State> changed) {
    List<Setting> added = new ArrayList<>();
    List<Setting> removed = new ArrayList<>();
    List<UserId> users = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    for (Map.Entry<Setting, Setting.State> each : draft.changed().entrySet()) {
      if (each.getKey().kind() == Setting.Kind.CHANGED) {
        users.add(each.getKey().user());
        positions.add(each.getValue().position());
      } else {
        (each.getValue().isSet() ? added : removed).add(each.getKey());
      }
    }
    add(statements, insert, added);
    add(statements, delete, removed);
    statements.add(change, texts(users, UserId::value), longs(positions));
  }

  private static void add(Statements statements, String sql, List<Setting> settings) {
    if (!settings.isEmpty()) {
      statements.add(
          sql,
          texts(settings, setting -> setting.user().value()),
          shorts(settings.stream().map(Setting::number).toList()),
          texts(settings, Setting::value));
    }
  }

  @Override
  public Plan.Outcome find(
      Setting setting, Setting.State state, Draft<Setting, Setting.State> later) {
    Setting.State change = later.get(Setting.changeOf(setting.user()));
    if (change == null || change.position() < state.position()) {
      return Plan.Outcome.NOT_STORED;
    }
    if (change.position() > state.position()) {
      return Plan.Outcome.OVERWRITTEN;
    }
    return setting.kind() == Setting.Kind.CHANGED || isSet(later, setting) == state.isSet()
        ? Plan.Outcome.STORED
        : Plan.Outcome.NOT_STORED;
  }
}
