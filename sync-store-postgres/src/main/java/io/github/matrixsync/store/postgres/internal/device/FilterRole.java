package io.github.matrixsync.store.postgres.internal.device;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The filters of users on PostgreSQL. The id of a filter is the digest of its bytes. Thread-safe. */
public final class FilterRole implements FilterStore {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final PlainTables tables;
  private final String insert;
  private final String select;

  /** Opens the role. */
  public FilterRole(Database database, Schema schema) {
    tables = new PlainTables(database, schema);
    insert = schema.sql(
        "INSERT INTO @client_filter (subject, id, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    select = tables.query("SELECT content FROM @client_filter WHERE subject = ? AND id = ?");
  }

  @Override
  public String put(UserId user, RawJson filter) {
    String id = id(filter);
    byte[] content = filter.toByteArray();
    tables.write(
        "storing a filter", statements -> statements.add(insert, user.value(), id, content));
    return id;
  }

  @Override
  public Optional<RawJson> get(UserId user, String id) {
    tables.requireOpen();
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    return tables
        .read(
            "reading a filter",
            row -> RawJson.of(row.getBytes(PlainTables.FIRST)),
            select,
            user.value(),
            id)
        .stream()
        .findFirst();
  }

  private static String id(RawJson filter) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(filter.toByteArray());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Refuses every later call. */
  public void close() {
    tables.close();
  }
}
