package io.github.matrixsync.law.sync;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.law.sync.SyncClient.Gap;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that a limited timeline left out, page by page as a client does, and compares them with the log:
 * every visible event must be there once and in order. Between the tokens of two answers these are the events that were
 * due; before the first timeline after a join they are the room's whole history. Confined to one thread.
 */
final class GapFill {
  private static final int[] LIMITS = {1, 2, 3, 7, 100};
  private static final int MOST_PAGES = 500;
  private static final Comparator<LoggedEvent> ORDER =
      Comparator.comparingLong(LoggedEvent::depth).thenComparingLong(LoggedEvent::position);

  private final LawHost host;
  private final SyncLog log;
  private final SyncLoop loop;
  private final SyncOracle oracle;
  private final String room;
  private final Gap gap;
  private final List<String> problems = new ArrayList<>();
  private int pages;

  GapFill(LawHost host, SyncLoop loop, String room, Gap gap) {
    this.host = host;
    this.log = host.world.log;
    this.loop = loop;
    this.room = room;
    this.gap = gap;
    oracle = new SyncOracle(log, loop.user);
  }

  /** Returns whether the user is or was in the room, and so may read its history. */
  static boolean isReadable(SyncLog log, String user, String room) {
    boolean isForgotten = log.forgotten.getOrDefault(user, Set.of()).contains(room);
    return switch (log.membership(user, room, Long.MAX_VALUE)) {
      case "join" -> true;
      case "leave", "ban" -> !isForgotten && end(log, user, room) > 0;
      default -> false;
    };
  }

  /** Returns the position up to which a user reads a room; 0 if the user never was in it. */
  private static long end(SyncLog log, String user, String room) {
    return log.membership(user, room, Long.MAX_VALUE).equals("join")
        ? Long.MAX_VALUE
        : new SyncOracle(log, user).departure(room, Long.MAX_VALUE).orElse(0);
  }

  /** Fills the gap, and returns the problems. */
  List<String> fill(Random random) {
    Direction direction = random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
    List<LoggedEvent> got = walk(direction, LIMITS[random.nextInt(LIMITS.length)]);
    Comparator<LoggedEvent> order = direction == Direction.FORWARD ? ORDER : ORDER.reversed();
    for (int i = 1; i < got.size(); i++) {
      if (order.compare(got.get(i - 1), got.get(i)) >= 0) {
        problems.add(got.get(i) + " comes after " + got.get(i - 1));
      }
    }
    compare(got);
    SyncClient.Room held = loop.client.rooms.get(room);
    held.told.addAll(got.stream().map(LoggedEvent::id).toList());
    held.gaps.remove(gap);
    return problems.stream().map(what -> "L3 " + room + " " + gap + " " + what).toList();
  }

  /** Compares the events of the pages; from the second page on, a client may also get events of a timeline. */
  private void compare(List<LoggedEvent> got) {
    List<LoggedEvent> visible = oracle.history(room, end(log, loop.user, room), loop.client.wish());
    List<LoggedEvent> expected =
        visible.stream().filter(this::isInside).sorted(ORDER).toList();
    Set<String> ids = new HashSet<>();
    got.stream().filter(this::isInside).forEach(event -> ids.add(event.id()));
    gap.timeline().stream()
        .filter(id -> ids.contains(id) && !isDeparture(log.get(id)))
        .forEach(id -> problems.add("shows the timeline's " + id));
    expected.stream()
        .filter(event -> !ids.remove(event.id()))
        .forEach(event -> problems.add("lacks " + event));
    ids.forEach(id -> problems.add("shows " + log.get(id)));
    got.stream()
        .filter(event -> !isInside(event) && (pages < 2 || !visible.contains(event)))
        .forEach(event -> problems.add("shows from outside " + event));
    Long since = gap.isWhole() ? null : SyncAnswer.position(Objects.requireNonNull(gap.since()));
    if (since != null && oracle.membership(room, since).equals("join")) {
      long until = Math.min(upTo(), end(log, loop.user, room));
      oracle.due(room, since, until, loop.client.wish()).stream()
          .filter(event -> !log.isPurged(event) && !expected.contains(event))
          .forEach(event -> problems.add("was due and is not visible: " + event));
    }
  }

  /**
   * Returns whether an event ends the user's membership. It may end the timeline of a left room, whatever its depth.
   */
  private boolean isDeparture(LoggedEvent event) {
    return event.isAbout(loop.user) && !event.value().equals("join");
  }

  private long upTo() {
    return gap.previous().startsWith("t") ? Long.MAX_VALUE : SyncAnswer.position(gap.previous());
  }

  /** Returns whether an event lies between the tokens. */
  private boolean isInside(LoggedEvent event) {
    if (gap.previous().startsWith("t")) {
      HistoryPoint last = HistoryToken.parse(gap.previous()).point();
      return new HistoryPoint(event.depth(), event.position()).compareTo(last) <= 0;
    }
    return event.position() <= upTo()
        && (gap.isWhole()
            || event.position() > SyncAnswer.position(Objects.requireNonNull(gap.since())));
  }

  private List<LoggedEvent> walk(Direction direction, int limit) {
    SyncWish wish = loop.client.wish();
    PaginationToken older =
        gap.isWhole() ? null : PaginationToken.parse(Objects.requireNonNull(gap.since()));
    PaginationToken newer = PaginationToken.parse(gap.previous());
    boolean isForward = direction == Direction.FORWARD;
    MessagesOptions options = MessagesOptions.DEFAULT
        .withDirection(direction)
        .withForm(EventForm.R0)
        .withLimit(limit)
        .withFilter(RoomEventFilter.parse(wish.historyFilter()))
        .withFrom(isForward ? older : newer)
        .withTo(isForward ? newer : older);
    List<LoggedEvent> got = new ArrayList<>();
    boolean isLast = false;
    while (!isLast) {
      MessagePage page = host.page(loop.user, room, options);
      List<LoggedEvent> chunk = page.chunk().stream()
          .map(event -> log.get(event.id().map(EventId::value).orElseThrow()))
          .toList();
      got.addAll(chunk);
      checkMembers(page, chunk.isEmpty() ? null : chunk.get(isForward ? chunk.size() - 1 : 0));
      options = options.withFrom(page.end());
      isLast = page.isLast();
      if (++pages > MOST_PAGES) {
        problems.add("has no end");
        return got;
      }
    }
    return got;
  }

  /** Checks that a page has the member events of its senders, as of its newest event. */
  private void checkMembers(MessagePage page, @Nullable LoggedEvent newest) {
    boolean isLazy = loop.client.wish().lazy();
    if (!isLazy || newest == null || !newest.isLive()) {
      if (!isLazy && !page.state().isEmpty()) {
        problems.add("has state " + page.state());
      }
      return;
    }
    Map<String, String> state = log.state(room, newest.position());
    Set<String> told = new HashSet<>();
    page.state().forEach(event -> told.add(event.id().map(EventId::value).orElseThrow()));
    page.chunk().forEach(event -> {
      Object sender = JsonTree.object(event.json()).get("sender");
      String member = state.get(LoggedEvent.memberKey(String.valueOf(sender)));
      if (member != null && !told.contains(member)) {
        problems.add("has no member event of " + sender + " with " + event.id());
      }
    });
  }

  /** Returns the live events that a client lacks although it has filled all gaps of a joined room. */
  static List<String> missing(SyncLog log, SyncLoop loop, String room, long now) {
    SyncClient.Room held = loop.client.rooms.get(room);
    if (held == null || held.section != Section.JOIN || !held.gaps.isEmpty()) {
      return List.of();
    }
    return new SyncOracle(log, loop.user)
        .history(room, now, loop.client.wish()).stream()
            .filter(event -> event.isLive() && !held.told.contains(event.id()))
            .map(event -> "L3 " + room + " lacks " + event)
            .toList();
  }
}
