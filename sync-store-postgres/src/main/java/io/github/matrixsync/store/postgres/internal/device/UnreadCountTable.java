package io.github.matrixsync.store.postgres.internal.device;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.EntryTable;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The unread counts of users in rooms. Counts that are all zero have a row too, so that the head of the stream does not
 * go back. Immutable.
 */
final class UnreadCountTable
    implements EntryTable<
        UnreadCountTable.Order, UnreadCountTable.Place, UnreadCountTable.Row, Boolean> {
  /** The columns of counts: the threads, and the numbers of the main timeline and of each thread. */
  static final String COUNTS = "threads, notifications, highlights";

  /** A user in a room. */
  record Place(UserId user, RoomId room) {}

  /** Counts to set. */
  record Order(Place place, UnreadCounts counts) {}

  /** Counts that are set. */
  record Row(Place place, long position, UnreadCounts counts) {}

  private final String present;
  private final String upsert;

  UnreadCountTable(Schema schema) {
    present = schema.sql("""
        SELECT a.subject, a.room, t.position, %s FROM unnest(?, ?) a (subject, room)
        CROSS JOIN LATERAL (SELECT position, %s FROM @unread_count
          WHERE subject = a.subject AND room = a.room LIMIT 1) t""".formatted(COUNTS, COUNTS));
    upsert = schema.sql("""
        INSERT INTO @unread_count (subject, room, position, %s)
        SELECT subject, room, position, threads::text[], notifications::bigint[], highlights::bigint[]
        FROM unnest(?, ?, ?, ?, ?, ?) a (subject, room, position, %s)
        ON CONFLICT (subject, room) DO UPDATE SET position = excluded.position, threads = excluded.threads,
          notifications = excluded.notifications, highlights = excluded.highlights""".formatted(COUNTS, COUNTS));
  }

  @Override
  public StreamNumber stream() {
    return StreamNumber.UNREAD_COUNTS;
  }

  @Override
  public void addReads(Statements statements, List<Order> orders) {
    Set<Place> places = orders.stream().map(Order::place).collect(Collectors.toSet());
    statements.add(
        present,
        texts(places, place -> place.user().value()),
        texts(places, place -> place.room().value()));
  }

  @Override
  public void read(Results results, Draft<Place, Row> draft) throws SQLException {
    ResultSet row = results.next();
    while (row.next()) {
      Place place = new Place(UserId.parse(row.getString(1)), RoomId.parse(row.getString(2)));
      draft.read(place, new Row(place, row.getLong(3), counts(row, 4)));
    }
  }

  /** Reads {@link #COUNTS} from this column on. */
  static UnreadCounts counts(ResultSet row, int column) throws SQLException {
    String[] threads = (String[]) row.getArray(column).getArray();
    Long[] notifications = (Long[]) row.getArray(column + 1).getArray();
    Long[] highlights = (Long[]) row.getArray(column + 2).getArray();
    Map<EventId, UnreadCounts.Count> ofThreads = new HashMap<>();
    for (int i = 0; i < threads.length; i++) {
      ofThreads.put(
          EventId.parse(threads[i]),
          new UnreadCounts.Count(notifications[i + 1], highlights[i + 1]));
    }
    return new UnreadCounts(new UnreadCounts.Count(notifications[0], highlights[0]), ofThreads);
  }

  /** Returns whether the counts changed. */
  @Override
  public Boolean apply(Order order, Draft<Place, Row> draft) {
    Row before = draft.get(order.place);
    UnreadCounts counts = before == null ? UnreadCounts.NONE : before.counts;
    if (order.counts.equals(counts)) {
      return false;
    }
    draft.put(order.place, new Row(order.place, draft.nextPosition(), order.counts));
    return true;
  }

  @Override
  public void addRows(Statements statements, Draft<Place, Row> draft, Collection<Row> changed) {
    List<String> threads = new ArrayList<>();
    List<String> notifications = new ArrayList<>();
    List<String> highlights = new ArrayList<>();
    for (Row row : changed) {
      Map<String, UnreadCounts.Count> ofThreads = new TreeMap<>();
      row.counts.threads().forEach((thread, count) -> ofThreads.put(thread.value(), count));
      List<UnreadCounts.Count> counts = new ArrayList<>(List.of(row.counts.main()));
      counts.addAll(ofThreads.values());
      threads.add(Statements.literal(ofThreads.keySet()));
      notifications.add(numbers(counts, UnreadCounts.Count::notifications));
      highlights.add(numbers(counts, UnreadCounts.Count::highlights));
    }
    statements.add(
        upsert,
        texts(changed, row -> row.place.user().value()),
        texts(changed, row -> row.place.room().value()),
        longs(changed.stream().map(Row::position).toList()),
        texts(threads),
        texts(notifications),
        texts(highlights));
  }

  private static String numbers(
      List<UnreadCounts.Count> counts, ToLongFunction<UnreadCounts.Count> number) {
    return Statements.literal(
        counts.stream().map(count -> String.valueOf(number.applyAsLong(count))).toList());
  }

  @Override
  public Plan.Outcome find(Place place, Row row, Draft<Place, Row> later) {
    Row present = later.get(place);
    if (present == null || present.position < row.position) {
      return Plan.Outcome.NOT_STORED;
    }
    return present.equals(row) ? Plan.Outcome.STORED : Plan.Outcome.OVERWRITTEN;
  }
}
