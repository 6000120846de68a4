package io.github.matrixsync.testkit.law;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores that break the contract in one way each. */
enum BrokenStore {
  /** The log leaves out every seventh event. */
  LOSES_EVENTS(
      "log",
      answer -> page(answer, events -> {
        events.removeIf(event -> event.position() % 7 == 0);
        return events;
      })),
  /** The log returns events in the wrong order. */
  TURNS_EVENTS(
      "log",
      answer -> page(answer, events -> {
        Collections.reverse(events);
        return events;
      })),
  /** The log returns each event twice. */
  DOUBLES_EVENTS(
      "log",
      answer -> page(answer, events -> {
        List<StoredEvent> twice = new ArrayList<>();
        events.forEach(event -> {
          twice.add(event);
          twice.add(event);
        });
        return twice;
      })),
  /** The state of a room lacks its topic. */
  LOSES_STATE(
      "state",
      answer -> lists(answer, events -> {
        events.removeIf(event -> event.event().type().equals("m.room.topic"));
        return events;
      })),
  /** The newest messages of a room lack the newest one. */
  LOSES_THE_NEWEST_MESSAGE(
      "latest",
      answer -> lists(answer, events -> {
        if (!events.isEmpty()) {
          events.remove(events.size() - 1);
        }
        return events;
      })),
  /** The newest messages of a room are in the wrong order. */
  TURNS_MESSAGES(
      "latest",
      answer -> lists(answer, events -> {
        Collections.reverse(events);
        return events;
      })),
  /** The memberships of a user lack one room. */
  LOSES_A_MEMBERSHIP("memberships", BrokenStore::withoutOneRoom),
  /** The log begins with the event at the position after which it is read. */
  AFTER_IS_INCLUSIVE(
      (right, range) -> right.log(range.of(), range.after() - 1, range.upTo(), range.limit())),
  /** The log is read in pages of ten, and each has the newest events. */
  CUTS_THE_LOWEST((right, range) -> {
    List<StoredEvent> all = all(right, range);
    List<StoredEvent> newest = all.subList(Math.max(0, all.size() - BrokenStore.PAGE), all.size());
    return new LogPage(newest, range.upTo());
  }),
  /** The log is read in pages of ten, and each claims to be the last. */
  CLAIMS_TO_BE_WHOLE((right, range) -> {
    List<StoredEvent> all = all(right, range);
    return new LogPage(all.subList(0, Math.min(BrokenStore.PAGE, all.size())), range.upTo());
  });

  private static final int PAGE = 10;

  /** The arguments of a read of the log. */
  private record LogRange(Interest of, long after, long upTo, int limit) {}

  private interface Log {
    LogPage read(EventStore right, LogRange range);
  }

  private static List<StoredEvent> all(EventStore right, LogRange range) {
    return right.log(range.of(), range.after(), range.upTo(), range.limit()).events();
  }

  private final String method;
  private final UnaryOperator<Object> change;
  private final @Nullable Log log;

  BrokenStore(String method, UnaryOperator<Object> change) {
    this.method = method;
    this.change = change;
    log = null;
  }

  BrokenStore(Log log) {
    method = "log";
    change = answer -> answer;
    this.log = log;
  }

  EventStore of(EventStore right) {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, called, arguments) -> {
          Log wrong = log;
          if (called.getName().equals("log")
              && wrong != null
              && !(arguments[0] instanceof Interest.Everything)) {
            return wrong.read(
                right,
                new LogRange(
                    (Interest) arguments[0], (long) arguments[1], (long) arguments[2], (int)
                        arguments[3]));
          }
          try {
            Object answer = called.invoke(right, arguments);
            boolean follows =
                called.getName().equals("log") && arguments[0] instanceof Interest.Everything;
            return called.getName().equals(method) && !follows ? change.apply(answer) : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static Object page(Object answer, UnaryOperator<List<StoredEvent>> change) {
    LogPage page = (LogPage) answer;
    return new LogPage(change.apply(new ArrayList<>(page.events())), page.through());
  }

  @SuppressWarnings("unchecked")
  private static Object lists(Object answer, UnaryOperator<List<StoredEvent>> change) {
    Map<RoomId, List<StoredEvent>> changed = new HashMap<>();
    ((Map<RoomId, List<StoredEvent>>) answer)
        .forEach((room, events) -> changed.put(room, change.apply(new ArrayList<>(events))));
    return changed;
  }

  @SuppressWarnings("unchecked")
  private static Object withoutOneRoom(Object answer) {
    RoomId lost = RoomId.parse("!r1:test");
    Map<Object, Object> changed = new HashMap<>((Map<Object, Object>) answer);
    changed.remove(lost);
    changed.replaceAll((user, rooms) -> {
      if (rooms instanceof Map) {
        Map<RoomId, MemberChange> fewer = new HashMap<>((Map<RoomId, MemberChange>) rooms);
        fewer.remove(lost);
        return fewer;
      }
      return rooms;
    });
    return changed;
  }
}
