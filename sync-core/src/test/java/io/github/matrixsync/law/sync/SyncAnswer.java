package io.github.matrixsync.law.sync;

import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.sync.DeviceLists;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer of {@code /sync} as a client reads it from JSON. Immutable.
 *
 * @param next the token with which to go on
 * @param rooms the rooms, each in one section
 * @param other what other streams have: lists of events by the place where they stand
 * @param devices the users whose devices changed; null in a first answer
 */
record SyncAnswer(
    String next,
    Map<String, Room> rooms,
    Map<String, List<Event>> other,
    @Nullable DeviceLists devices) {
  /** The index of the part of tokens for to-device messages. */
  static final int MESSAGES = 5;

  /** The index of the part of tokens for changes of devices. */
  static final int DEVICES = 6;

  /** The key of to-device messages in {@link #other}; absent without a device. */
  static final String TO_DEVICE = "to device";

  /**
   * A room of an answer.
   *
   * @param section its section
   * @param state its state, or its stripped state
   * @param timeline its timeline; empty in stripped rooms
   * @param limited whether the timeline is limited
   * @param previous the token before the timeline; null if it has none
   * @param summary the summary's keys; empty if it has none
   * @param ephemeral who types, and receipts
   * @param accountData the user's account data for the room
   * @param unread the unread counts; null if the answer has none
   */
  // More than five parameters: one for each part of a room.
  record Room(
      Section section,
      List<Event> state,
      List<Event> timeline,
      boolean limited,
      @Nullable String previous,
      Map<String, Object> summary,
      List<Event> ephemeral,
      List<Event> accountData,
      @Nullable UnreadCounts unread) {
    List<String> timelineIds() {
      return timeline.stream().map(Event::id).toList();
    }

    boolean isEmpty() {
      return state.isEmpty()
          && timeline.isEmpty()
          && !limited
          && summary.isEmpty()
          && ephemeral.isEmpty()
          && accountData.isEmpty();
    }

    /** Returns the room with other state and timeline. */
    Room with(List<Event> otherState, List<Event> otherTimeline, boolean isLimited) {
      return new Room(
          section,
          otherState,
          otherTimeline,
          isLimited,
          previous,
          summary,
          ephemeral,
          accountData,
          unread);
    }

    /** Returns the room with other counts. */
    Room withUnread(@Nullable UnreadCounts other) {
      return new Room(
          section, state, timeline, limited, previous, summary, ephemeral, accountData, other);
    }

    /** Returns the room with another token before its timeline. */
    Room withPrevious(@Nullable String token) {
      return new Room(
          section, state, timeline, limited, token, summary, ephemeral, accountData, unread);
    }
  }

  /**
   * An event of an answer.
   *
   * @param json what the client received
   */
  record Event(Map<String, @Nullable Object> json) {
    String id() {
      return text("event_id");
    }

    String type() {
      return text("type");
    }

    String sender() {
      return text("sender");
    }

    Optional<String> stateKey() {
      return Optional.ofNullable((String) json.get("state_key"));
    }

    /** Returns the name of its state entry. */
    Optional<String> key() {
      return stateKey().map(key -> LoggedEvent.key(type(), key));
    }

    Map<String, @Nullable Object> content() {
      return JsonTree.object(json, "content");
    }

    Map<String, @Nullable Object> unsigned() {
      return json.get("unsigned") == null ? Map.of() : JsonTree.object(json, "unsigned");
    }

    private String text(String name) {
      if (json.get(name) instanceof String text) {
        return text;
      }
      throw new AssertionError("no " + name + " in " + json);
    }
  }

  /** Returns the events that stand at a place. */
  List<Event> other(String place) {
    return other.getOrDefault(place, List.of());
  }

  SyncAnswer withRooms(Map<String, Room> others) {
    return new SyncAnswer(next, others, other, devices);
  }

  SyncAnswer withOther(String place, List<Event> events) {
    Map<String, List<Event>> all = new TreeMap<>(other);
    all.put(place, events);
    return new SyncAnswer(next, rooms, all, devices);
  }

  /** Returns whether it has nothing new. */
  boolean isEmpty() {
    return rooms.isEmpty()
        && other.values().stream().allMatch(List::isEmpty)
        && (devices == null || devices.isEmpty());
  }

  /** Returns the part of a token that stands for room events. */
  static long position(String token) {
    return parts(token)[0];
  }

  static long[] parts(String token) {
    String[] texts = token.substring(1).split("_");
    long[] parts = new long[texts.length];
    for (int i = 0; i < texts.length; i++) {
      parts[i] = Long.parseLong(texts[i]);
    }
    return parts;
  }
}
