package io.github.matrixsync.visibility;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event in the words of the tables. Immutable.
 *
 * @param how {@code live}, {@code outlier} or {@code backfill}
 * @param place its place in the order of arrival; 0: not yet known
 * @param depth its depth
 * @param id its number, which is also in its marks
 * @param says the membership or visibility, in the words of the tables; empty for other events
 * @param redacts the event that it redacts, if any
 * @param sets the state entries that it changes
 * @param there of backfill, the visibility at the event; null: not known
 */
// More than five parameters: one for each thing that the tables name of an event; the methods below
// fill them in one
// by one.
record Fact(
    String how,
    long place,
    long depth,
    int id,
    String room,
    String sender,
    String type,
    @Nullable String stateKey,
    String says,
    @Nullable Integer redacts,
    List<Entry> sets,
    @Nullable String there) {
  static final String MEMBER = "m.room.member";
  static final String VISIBILITY = "m.room.history_visibility";

  /**
   * A state entry.
   *
   * @param event the event that it becomes; null: it is taken away
   */
  record Entry(String type, String stateKey, @Nullable Integer event) {
    boolean is(String someType, String someKey) {
      return type.equals(someType) && stateKey.equals(someKey);
    }
  }

  static Fact of(int id, String room, String sender, String type) {
    return new Fact("live", 0, id, id, room, sender, type, null, "", null, List.of(), null);
  }

  static Fact message(int id, String room, String sender) {
    return of(id, room, sender, "m.room.message");
  }

  static Fact topic(int id, String room, String sender) {
    return of(id, room, sender, "m.room.topic").state("", "");
  }

  static Fact member(int id, String room, String sender, String subject, String membership) {
    return of(id, room, sender, MEMBER).state(subject, membership);
  }

  static Fact visibility(int id, String room, String sender, String visibility) {
    return of(id, room, sender, VISIBILITY).state("", visibility);
  }

  /** Returns the same as a state event that sets its own entry. */
  Fact state(String key, String value) {
    List<Entry> own = List.of(new Entry(type, key, id));
    return new Fact(how, place, depth, id, room, sender, type, key, value, null, own, there);
  }

  /** Returns the same with a value, as an event that is not a state event. */
  Fact saying(String value) {
    return new Fact(
        how, place, depth, id, room, sender, type, null, value, redacts, List.of(), there);
  }

  Fact redacting(int target) {
    return new Fact(how, place, depth, id, room, sender, type, stateKey, says, target, sets, there);
  }

  Fact setting(List<Entry> entries) {
    return new Fact(
        how, place, depth, id, room, sender, type, stateKey, says, redacts, entries, there);
  }

  Fact outlier() {
    List<Entry> own = is(MEMBER) ? sets : List.of();
    return new Fact(
        "outlier", place, depth, id, room, sender, type, stateKey, says, redacts, own, there);
  }

  Fact backfill(@Nullable String visibility) {
    return new Fact(
        "backfill",
        place,
        depth,
        id,
        room,
        sender,
        type,
        stateKey,
        says,
        redacts,
        List.of(),
        visibility);
  }

  Fact at(long where) {
    return new Fact(
        how, where, depth, id, room, sender, type, stateKey, says, redacts, sets, there);
  }

  Fact deep(long down) {
    return new Fact(how, place, down, id, room, sender, type, stateKey, says, redacts, sets, there);
  }

  boolean is(String someType) {
    return type.equals(someType);
  }

  boolean isLive() {
    return how.equals("live");
  }

  boolean isOutlier() {
    return how.equals("outlier");
  }

  /** Returns the state key, which it has. */
  String key() {
    return Objects.requireNonNull(stateKey);
  }

  boolean isState() {
    return stateKey != null;
  }

  /** Returns whether it is a state event that lost state resolution when it came. */
  boolean hasLost() {
    return isState() && sets.stream().noneMatch(entry -> Integer.valueOf(id).equals(entry.event()));
  }

  boolean isAbout(String user) {
    return is(MEMBER) && user.equals(stateKey);
  }
}
