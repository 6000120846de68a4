package io.github.matrixsync.store.postgres.internal.device;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.booleans;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The key counts of devices on PostgreSQL, a row for each algorithm. Thread-safe. */
public final class KeyCountRole implements SettableDeviceKeyCounts {
  private static final String WHAT = "setting key counts";

  private record Row(String algorithm, @Nullable Integer keys, boolean isUnused) {}

  private final PlainTables tables;
  private final String select;
  private final String empty;
  private final String upsert;
  private final String delete;

  /** Opens the role. */
  public KeyCountRole(Database database, Schema schema) {
    tables = new PlainTables(database, schema);
    select = tables.query(
        "SELECT algorithm, keys, is_unused FROM @device_key WHERE subject = ? AND device = ?");
    // The count is null for an algorithm that never had a one-time key.
    empty = schema.sql("""
        UPDATE @device_key SET keys = CASE WHEN keys IS NOT NULL THEN 0 END, is_unused = false
        WHERE subject = ? AND device = ? AND NOT algorithm_key = ANY (?)""");
    upsert = schema.sql("""
        INSERT INTO @device_key AS k (subject, device, algorithm_key, algorithm, keys, is_unused)
        SELECT ?, ?, a.* FROM unnest(?, ?, ?, ?) a
        ON CONFLICT (subject, device, algorithm_key) DO UPDATE SET is_unused = excluded.is_unused,
          keys = coalesce(excluded.keys, CASE WHEN k.keys IS NOT NULL THEN 0 END)""");
    delete = schema.sql("DELETE FROM @device_key WHERE subject = ? AND device = ?");
  }

  @Override
  public KeyCounts counts(UserId user, DeviceId device) {
    Map<String, Integer> keys = new HashMap<>();
    Set<String> unused = new HashSet<>();
    List<Row> rows = tables.read(
        "reading key counts",
        row -> {
          String algorithm = TextCodec.decode(row.getBytes(PlainTables.FIRST));
          int count = row.getInt(PlainTables.FIRST + 1);
          boolean isCounted = !row.wasNull();
          return new Row(
              algorithm, isCounted ? count : null, row.getBoolean(PlainTables.FIRST + 2));
        },
        select,
        user.value(),
        device.value());
    for (Row row : rows) {
      if (row.keys != null) {
        keys.put(row.algorithm, row.keys);
      }
      if (row.isUnused) {
        unused.add(row.algorithm);
      }
    }
    return new KeyCounts(keys, unused);
  }

  @Override
  public void set(UserId user, DeviceId device, KeyCounts counts) {
    Set<String> algorithms = new TreeSet<>(counts.oneTimeKeys().keySet());
    algorithms.addAll(counts.unusedFallbackKeys());
    List<byte[]> digests = new ArrayList<>();
    List<byte[]> names = new ArrayList<>();
    List<@Nullable Long> keys = new ArrayList<>();
    List<Boolean> unused = new ArrayList<>();
    for (String algorithm : algorithms) {
      Integer count = counts.oneTimeKeys().get(algorithm);
      digests.add(TextCodec.digest(algorithm));
      names.add(TextCodec.encode(algorithm));
      keys.add(count == null ? null : Long.valueOf(count));
      unused.add(counts.unusedFallbackKeys().contains(algorithm));
    }
    tables.write(
        WHAT,
        statements -> statements
            .add(empty, user.value(), device.value(), bytes(digests))
            .add(
                upsert,
                user.value(),
                device.value(),
                bytes(digests),
                bytes(names),
                longs(keys),
                booleans(unused)));
  }

  @Override
  public void remove(UserId user, DeviceId device) {
    tables.write(WHAT, statements -> statements.add(delete, user.value(), device.value()));
  }

  /** Refuses every later call. */
  public void close() {
    tables.close();
  }
}
