package io.github.matrixsync.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The redactions in one room that a client heard of by the stream, and what they make of events. Confined to one
 * thread.
 */
final class Redactions {
  private final Map<String, ClientEventJson> byTarget = new HashMap<>();
  private final Set<String> ignored;
  private final Set<String> erased;
  private final Set<String> targetless = new HashSet<>();

  /**
   * Knows nothing yet.
   *
   * @param ignored whom the user ignores, and so does not hear
   * @param erased who asked for their events to be erased: a redaction of theirs is heard whole by who is there, and
   *     inside of its target it is without its content for everybody
   */
  Redactions(Set<String> ignored, Set<String> erased) {
    this.ignored = ignored;
    this.erased = erased;
  }

  /** Takes notice of a room event. A redaction that was redacted before it came no longer says what its target is. */
  void hear(ClientEventJson event) {
    String target = event.redacts();
    if (target != null) {
      byTarget.putIfAbsent(target, event);
    } else if (event.isRedaction()) {
      targetless.add(event.id());
    }
  }

  /** Returns whether an event that comes now should have come redacted: its redaction was heard, and so can be read. */
  boolean lacks(ClientEventJson event) {
    return isHeard(event.id()) && event.because() == null;
  }

  /**
   * Returns an event as it looks by all that was heard. Of several redactions the first counts; one of the room's past
   * only if there is no other.
   */
  ClientEventJson show(ClientEventJson event) {
    ClientEventJson shown = event;
    ClientEventJson heard = byTarget.get(event.id());
    ClientEventJson because = event.because();
    if (heard != null && isBetter(heard, because)) {
      shown = shown.redactedBy(heard);
    }
    because = shown.because();
    if (because != null && byTarget.containsKey(because.id())) {
      shown = shown.withPrunedBecause();
    }
    return isHeard(event.replaces()) ? shown.withPrunedPrevious() : shown;
  }

  /**
   * Returns whether an event that was followed is what a snapshot shows. A redaction counts as soon as it can be read,
   * so each side may know of one that the stream up to the snapshot's place does not hold; but never may the snapshot
   * lack one that it does.
   *
   * @param mine the event, as it is shown by what was heard
   * @param settled whether all redactions have been heard, but those of the room's past and those that were redacted
   *     themselves
   */
  boolean isSame(ClientEventJson mine, ClientEventJson there, boolean settled) {
    if (mine.equals(there)) {
      return true;
    }
    ClientEventJson a = mine;
    ClientEventJson b = there;
    ClientEventJson becauseA = a.because();
    ClientEventJson becauseB = b.because();
    if (becauseB != null && isUntold(becauseB)) {
      a = a.redactedBy(becauseB).withBecauseOf(b);
    } else if (becauseB != null && isBetter(becauseB, becauseA)) {
      if (!mayBeUnheard(a, becauseB, settled)) {
        return false;
      }
      a = a.redactedBy(becauseB).withBecauseOf(b);
    } else if (becauseA != null && isBetter(becauseA, becauseB)) {
      if (!mayBeUnheard(a, becauseA, settled)) {
        return false;
      }
      b = b.redactedBy(becauseA).withBecauseOf(a);
    }
    ClientEventJson inside = a.because();
    if (inside != null && erased.contains(inside.sender())) {
      a = a.withPrunedBecause();
      b = b.withPrunedBecause();
    }
    if (!settled || !targetless.isEmpty()) {
      ClientEventJson because = a.because();
      if (because != null && !isHeard(because.id())) {
        a = a.withPrunedBecause();
        b = b.withPrunedBecause();
      }
      if (!isHeard(a.replaces())) {
        a = a.withPrunedPrevious();
        b = b.withPrunedPrevious();
      }
    }
    return a.equals(b);
  }

  /**
   * Returns whether a redaction counts in the place of another: one of the room's past only counts if there is no
   * other.
   */
  private static boolean isBetter(ClientEventJson one, @Nullable ClientEventJson other) {
    return other == null || (ClientEventJson.isOld(other.id()) && !ClientEventJson.isOld(one.id()));
  }

  /**
   * Returns whether the stream does not say what a redaction redacts, and so perhaps named a later one of the same
   * target.
   */
  private boolean isUntold(ClientEventJson redaction) {
    return ignored.contains(redaction.sender()) || targetless.contains(redaction.id());
  }

  private boolean mayBeUnheard(ClientEventJson event, ClientEventJson because, boolean settled) {
    return !isHeard(event.id())
        && (!settled || !targetless.isEmpty() || ClientEventJson.isOld(because.id()));
  }

  private boolean isHeard(@Nullable String target) {
    return target != null && byTarget.containsKey(target);
  }
}
