package io.github.matrixsync.law.sync;

import java.util.List;
import java.util.Optional;

/**
 * What one client asks for with every request. Immutable.
 *
 * @param after whether it wants state as of the end of timelines
 * @param lazy whether it loads members lazily
 * @param redundant whether it wants member events again that it has
 * @param limit the most events of a timeline
 * @param types the wanted types of timeline events; empty: all
 * @param notSenders the senders whose timeline events are not wanted
 * @param leave whether it wants the rooms that the user left
 * @param notRooms the rooms that it does not want
 * @param threads whether the client requests separate unread counts for threads
 */
// More than five parameters: one for each wish.
record SyncWish(
    boolean after,
    boolean lazy,
    boolean redundant,
    int limit,
    Optional<List<String>> types,
    List<String> notSenders,
    boolean leave,
    List<String> notRooms,
    boolean threads) {
  static final SyncWish ALL =
      new SyncWish(true, false, false, 100, Optional.empty(), List.of(), false, List.of(), false);

  SyncWish withAfter(boolean isAfter) {
    return new SyncWish(
        isAfter, lazy, redundant, limit, types, notSenders, leave, notRooms, threads);
  }

  SyncWish withLazy(boolean isLazy) {
    return new SyncWish(
        after, isLazy, redundant, limit, types, notSenders, leave, notRooms, threads);
  }

  SyncWish withLimit(int most) {
    return new SyncWish(after, lazy, redundant, most, types, notSenders, leave, notRooms, threads);
  }

  SyncWish withTypes(List<String> some) {
    return new SyncWish(
        after, lazy, redundant, limit, Optional.of(some), notSenders, leave, notRooms, threads);
  }

  /** Returns whether the timeline filter lets an event through. */
  boolean wants(LoggedEvent event) {
    return types.filter(some -> !some.contains(event.type())).isEmpty()
        && !notSenders.contains(event.sender());
  }

  /** Returns the filter as JSON. */
  String filter() {
    return "{\"room\":{\"include_leave\":" + leave
        + ",\"not_rooms\":" + list(notRooms)
        + ",\"state\":{\"lazy_load_members\":" + lazy
        + (lazy ? ",\"include_redundant_members\":" + redundant : "")
        + "},\"timeline\":{\"limit\":" + limit
        + types.map(some -> ",\"types\":" + list(some)).orElse("")
        + ",\"unread_thread_notifications\":" + threads
        + ",\"not_senders\":" + list(notSenders) + "}}}";
  }

  /** Returns the filter of a room's history as JSON. */
  String historyFilter() {
    return "{\"lazy_load_members\":" + lazy
        + types.map(some -> ",\"types\":" + list(some)).orElse("")
        + ",\"not_senders\":" + list(notSenders) + "}";
  }

  private static String list(List<String> values) {
    return values.isEmpty() ? "[]" : "[\"" + String.join("\",\"", values) + "\"]";
  }
}
