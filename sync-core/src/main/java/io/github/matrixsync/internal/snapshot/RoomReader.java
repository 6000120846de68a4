package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.cache.RoomList;
import io.github.matrixsync.internal.cache.RoomListCache;
import io.github.matrixsync.internal.cache.ViewedRoom;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state and newest messages of a snapshot's rooms, in a few store calls for each page of rooms ({@link
 * PageSizes}). May block. Thread-safe.
 *
 * <p>Most rooms look the same to all their members and are taken from the cache. A room is read for one viewer alone if
 * its cached list has an event that the viewer may not see or ignores, or that must be redacted because its sender was
 * erased, or if the viewer's own member event must replace the cached one.
 */
final class RoomReader {
  private final EventStore events;
  private final EventGate gate;
  private final RoomListCache lists;
  private final EventCache single;

  RoomReader(EventStore events, EventGate gate, Caches caches) {
    this.events = events;
    this.gate = gate;
    this.lists = caches.lists();
    this.single = caches.events();
  }

  /**
   * The parameters that are the same for all rooms of a snapshot.
   *
   * @param limit the most messages of a room; 0: none
   * @param end the token as of which all is read
   * @param now the time from which ages count
   * @param form in which events are shown
   * @param ignored the users whom the viewer ignores
   */
  record ReadContext(int limit, StreamToken end, Instant now, EventForm form, Set<UserId> ignored) {
    long position() {
      return end.room();
    }
  }

  /**
   * A request to read one room.
   *
   * @param viewed what the viewer sees of it
   * @param out whether the viewer has left: then the present member event replaces the one that was current then
   * @param present the present member event; empty if there is none any more, or the viewer is in the room
   */
  record Asked(ViewedRoom viewed, boolean out, Optional<EventId> present) {
    RoomId room() {
      return viewed.room();
    }

    /** Returns whether a list of state has the viewer's present member event, where it must. */
    boolean fits(RoomList state) {
      return !out || (present.isPresent() && viewed.isIn(state, present.get()));
    }
  }

  /**
   * Reads rooms page by page, first the cached lists and then the rest, and reports the size of each part of a page
   * before it reads the next.
   *
   * @param rooms the rooms to read with state and messages
   * @param others the rooms to read with the viewer's member event only
   * @param load gets the number of bytes read; an exception it throws ends the reading
   */
  RoomContents read(List<Asked> rooms, List<Asked> others, ReadContext context, LongConsumer load) {
    Reading reading = new Reading(rooms, others, context, load);
    reading.inPages(rooms.size(), reading::takeCached);
    reading.leaveErased();
    reading.inPages(rooms.size() + others.size(), reading::readRest);
    return reading.contents();
  }

  /** Reads the rooms from one index to another. */
  private interface PageReader {
    void read(int from, int end);
  }

  /** The state of one call of {@link #read}. Confined to one thread. */
  private final class Reading {
    private final List<Asked> rooms;
    private final List<Asked> others;
    private final ReadContext context;
    private final LongConsumer load;
    private final @Nullable RoomList[] messages;
    private final @Nullable RoomList[] state;
    private final Map<RoomId, List<StoredEvent>> personalMessages = new HashMap<>();
    private final Map<RoomId, List<StoredEvent>> personalState = new HashMap<>();
    private final Map<EventId, StoredEvent> byId = new HashMap<>();
    private final Map<RoomId, RoomView> views = new HashMap<>();
    private final List<StoredEvent> all = new ArrayList<>();
    private long bytes;

    private Reading(List<Asked> rooms, List<Asked> others, ReadContext context, LongConsumer load) {
      this.rooms = rooms;
      this.others = others;
      this.context = context;
      this.load = load;
      messages = new RoomList[rooms.size()];
      state = new RoomList[rooms.size()];
    }

    /** Reads rooms page by page; the size of a page follows from the pages before. */
    private void inPages(int count, PageReader reader) {
      PageSizes sizes = new PageSizes(context.limit());
      long before = bytes;
      int done = 0;
      while (done < count) {
        int end = Math.min(count, done + sizes.next(done, bytes - before));
        reader.read(done, end);
        done = end;
      }
    }

    /** Takes from the cache the lists that the viewer may be given if nobody is erased. */
    private void takeCached(int from, int end) {
      List<ViewedRoom> seen =
          rooms.subList(from, end).stream().map(Asked::viewed).toList();
      RoomList[] cachedMessages = cachedMessages(seen, context);
      RoomList[] cachedState = lists.state(seen, context.position(), context.form());
      long weight = 0;
      for (int i = 0; i < cachedState.length; i++) {
        if (context.limit() > 0 && mayHave(seen.get(i), cachedMessages[i], context)) {
          messages[from + i] = cachedMessages[i];
          weight += cachedMessages[i].events().weight();
        }
        if (rooms.get(from + i).fits(cachedState[i])) {
          state[from + i] = cachedState[i];
          weight += cachedState[i].events().weight();
        }
      }
      hold(weight);
    }

    /** Leaves out the lists with senders who are erased. Makes at most one read. */
    private void leaveErased() {
      Erasure erasure = gate.erasureIn(messages, state);
      for (int i = 0; i < state.length; i++) {
        messages[i] = unlessErased(messages[i], erasure);
        state[i] = unlessErased(state[i], erasure);
      }
    }

    /** Reads what was not taken from the cache. The indexes of {@code others} follow those of {@code rooms}. */
    private void readRest(int from, int end) {
      PersonalPage personal = new PersonalPage(context);
      for (int i = from; i < Math.min(end, rooms.size()); i++) {
        personal.add(rooms.get(i), messages[i] == null, state[i] == null);
      }
      for (int i = Math.max(from, rooms.size()); i < end; i++) {
        personal.addAlone(others.get(i - rooms.size()));
      }
      readPersonal(personal);
    }

    /** Reads from the store what is for the viewer alone. */
    private void readPersonal(PersonalPage personal) {
      views.putAll(personal.views);
      Map<RoomId, List<StoredEvent>> latest = personal.messages.isEmpty()
          ? Map.of()
          : events.latest(personal.messages, context.limit());
      latest.values().forEach(this::hold);
      personalMessages.putAll(latest);
      Map<RoomId, List<StoredEvent>> entries =
          personal.state.isEmpty() ? Map.of() : events.state(personal.state);
      entries.values().forEach(this::hold);
      personalState.putAll(entries);
      Map<EventId, StoredEvent> present =
          personal.own.isEmpty() ? Map.of() : single.find(personal.own);
      hold(present.values());
      byId.putAll(present);
      Map<EventId, StoredEvent> older = gate.replacedBy(flat(latest));
      hold(older.values());
      byId.putAll(older);
    }

    private void hold(Collection<StoredEvent> read) {
      all.addAll(read);
      hold(EncodedEvents.bytesOf(read));
    }

    private void hold(long more) {
      load.accept(more);
      bytes += more;
    }

    private RoomContents contents() {
      return new RoomContents(
          rooms,
          context,
          messages,
          state,
          new RoomContents.PersonalContents(
              personalMessages, personalState, byId, views, gate.showing(context.form(), all)));
    }
  }

  private RoomList[] cachedMessages(List<ViewedRoom> seen, ReadContext context) {
    return context.limit() == 0
        ? new RoomList[0]
        : lists.messages(seen, context.position(), context.form(), context.limit());
  }

  private static boolean mayHave(ViewedRoom room, RoomList messages, ReadContext context) {
    return room.isCoveredBy(messages, context.position(), context.ignored());
  }

  private static @Nullable RoomList unlessErased(@Nullable RoomList list, Erasure erasure) {
    return list == null || erasure.isOfAny(list.senders()) ? null : list;
  }

  /**
   * The rooms of a page that are read for one viewer alone: the positions as of which their messages and their state
   * are read, the viewer's member events, and all views.
   */
  private static final class PersonalPage {
    private final ReadContext context;
    private final Map<RoomId, Ranges> messages = new TreeMap<>();
    private final Map<RoomId, Long> state = new TreeMap<>();
    private final Map<RoomId, RoomView> views = new HashMap<>();
    private final Set<EventId> own = new HashSet<>();

    private PersonalPage(ReadContext context) {
      this.context = context;
    }

    private void add(Asked room, boolean wantsMessages, boolean wantsState) {
      if (wantsMessages && context.limit() > 0) {
        addMessages(room.viewed());
      }
      if (wantsState) {
        addState(room.viewed());
        room.present().ifPresent(own::add);
      }
    }

    private void addAlone(Asked other) {
      addView(other.viewed());
      other.present().ifPresent(own::add);
    }

    private RoomView addView(ViewedRoom seen) {
      return views.computeIfAbsent(
          seen.room(), room -> seen.view(context.position(), context.ignored()));
    }

    private void addMessages(ViewedRoom seen) {
      messages.put(seen.room(), addView(seen).ranges(seen.extent(context.position())));
    }

    private void addState(ViewedRoom seen) {
      addView(seen);
      state.put(seen.room(), seen.extent(context.position()));
    }
  }

  private static List<StoredEvent> flat(Map<RoomId, List<StoredEvent>> rooms) {
    List<StoredEvent> all = new ArrayList<>();
    rooms.values().forEach(all::addAll);
    return all;
  }
}
