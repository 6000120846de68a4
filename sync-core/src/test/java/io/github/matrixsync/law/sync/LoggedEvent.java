package io.github.matrixsync.law.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a log, in plain text. Immutable.
 *
 * @param how how it entered the log
 * @param position its position; negative: backfill
 * @param depth its depth
 * @param id its event id
 * @param stateKey its state key; null: it is no state event
 * @param value its membership, history visibility, name or alias; empty for other events
 * @param redacts the id of the event that it redacts; null: none
 * @param sets the state entries that changed with it
 * @param visibility of backfill, the history visibility at the event; null: not known
 */
// More than five parameters: one for each thing that the rules ask of an event.
record LoggedEvent(
    How how,
    long position,
    long depth,
    String id,
    String room,
    String sender,
    String type,
    @Nullable String stateKey,
    String value,
    @Nullable String redacts,
    List<Entry> sets,
    @Nullable String visibility) {
  static final String MEMBER = "m.room.member";
  static final String VISIBILITY = "m.room.history_visibility";

  /** How an event enters the log. */
  enum How {
    LIVE,
    OUTLIER,
    BACKFILL
  }

  /**
   * A state entry that an event changes.
   *
   * @param event the id of the event that it becomes; null: it is taken away
   */
  record Entry(String type, String stateKey, @Nullable String event) {
    String key() {
      return LoggedEvent.key(type, stateKey);
    }
  }

  /** Returns the name of a state entry. */
  static String key(String type, String stateKey) {
    return type + "|" + stateKey;
  }

  static String memberKey(String user) {
    return key(MEMBER, user);
  }

  /** Returns the user whose member entry a name is; null if it is the name of another entry. */
  static @Nullable String member(String key) {
    return key.startsWith(MEMBER + "|") ? key.substring(MEMBER.length() + 1) : null;
  }

  boolean isLive() {
    return how == How.LIVE;
  }

  boolean isOutlier() {
    return how == How.OUTLIER;
  }

  boolean isState() {
    return stateKey != null;
  }

  /** Returns the name of its state entry; null if it is no state event. */
  @Nullable String key() {
    return stateKey == null ? null : key(type, stateKey);
  }

  boolean isAbout(String user) {
    return type.equals(MEMBER) && user.equals(stateKey);
  }

  /** Returns whether it became the state entry that it names. */
  boolean tookItsEntry() {
    return sets.stream().anyMatch(entry -> id.equals(entry.event()));
  }

  @Override
  public String toString() {
    return position + " " + (isLive() ? "" : how + " ") + id + " " + room + " " + sender + " "
        + type
        + (stateKey == null ? "" : " (" + stateKey + ")")
        + (value.isEmpty() ? "" : " " + value)
        + (redacts == null ? "" : " redacts " + redacts)
        + (isOwnEntryOnly() ? "" : " sets " + sets)
        + (visibility == null ? "" : " under " + visibility)
        + " depth " + depth;
  }

  private boolean isOwnEntryOnly() {
    return isState() ? sets.size() == 1 && tookItsEntry() : sets.isEmpty();
  }
}
