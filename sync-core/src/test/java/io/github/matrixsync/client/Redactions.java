package io.github.matrixsync.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The redactions of one room that a client received in the stream, applied to events. Confined to one thread. */
final class Redactions {
  private final Map<String, ClientEventJson> byTarget = new HashMap<>();
  private final Set<String> ignored;
  private final Set<String> erased;
  private final Set<String> targetless = new HashSet<>();

  /**
   * Creates an empty set of redactions.
   *
   * @param ignored the users whom the user ignores, whose redactions are not received
   * @param erased the users who asked for erasure: members receive a redaction of theirs whole, but {@code
   *     redacted_because} of its target has no content for anybody
   */
  Redactions(Set<String> ignored, Set<String> erased) {
    this.ignored = ignored;
    this.erased = erased;
  }

  /** Records a room event. A redaction that was redacted before it came no longer names its target. */
  void add(ClientEventJson event) {
    String target = event.redacts();
    if (target != null) {
      byTarget.putIfAbsent(target, event);
    } else if (event.isRedaction()) {
      targetless.add(event.id());
    }
  }

  /** Returns whether an event is not redacted though its redaction was received before. */
  boolean lacks(ClientEventJson event) {
    return isKnown(event.id()) && event.because() == null;
  }

  /**
   * Returns an event after all received redactions. Of several redactions the first counts; a backfilled one only if
   * there is no other.
   */
  ClientEventJson show(ClientEventJson event) {
    ClientEventJson shown = event;
    ClientEventJson known = byTarget.get(event.id());
    ClientEventJson because = event.because();
    if (known != null && isBetter(known, because)) {
      shown = shown.redactedBy(known);
    }
    because = shown.because();
    if (because != null && byTarget.containsKey(because.id())) {
      shown = shown.withPrunedBecause();
    }
    return isKnown(event.replaces()) ? shown.withPrunedPrevious() : shown;
  }

  /**
   * Returns whether a tracked event equals the snapshot's. A redaction counts as soon as it can be read, so each side
   * may have one that the stream up to the snapshot's place does not contain; but the snapshot must not lack one that
   * the stream contains.
   *
   * @param mine the event after all received redactions
   * @param settled whether all redactions have been received, except backfilled ones and those that were redacted
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
    if (becauseB != null && hasHiddenTarget(becauseB)) {
      a = a.redactedBy(becauseB).withBecauseOf(b);
    } else if (becauseB != null && isBetter(becauseB, becauseA)) {
      if (!mayBeUnknown(a, becauseB, settled)) {
        return false;
      }
      a = a.redactedBy(becauseB).withBecauseOf(b);
    } else if (becauseA != null && isBetter(becauseA, becauseB)) {
      if (!mayBeUnknown(a, becauseA, settled)) {
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
      if (because != null && !isKnown(because.id())) {
        a = a.withPrunedBecause();
        b = b.withPrunedBecause();
      }
      if (!isKnown(a.replaces())) {
        a = a.withPrunedPrevious();
        b = b.withPrunedPrevious();
      }
    }
    return a.equals(b);
  }

  /** Returns whether a redaction takes precedence over another: a live one over a backfilled one. */
  private static boolean isBetter(ClientEventJson one, @Nullable ClientEventJson other) {
    return other == null || (ClientEventJson.isOld(other.id()) && !ClientEventJson.isOld(one.id()));
  }

  /** Returns whether the client may not know the target of a redaction, and so may have recorded a later one. */
  private boolean hasHiddenTarget(ClientEventJson redaction) {
    return ignored.contains(redaction.sender()) || targetless.contains(redaction.id());
  }

  private boolean mayBeUnknown(ClientEventJson event, ClientEventJson because, boolean settled) {
    return !isKnown(event.id())
        && (!settled || !targetless.isEmpty() || ClientEventJson.isOld(because.id()));
  }

  private boolean isKnown(@Nullable String target) {
    return target != null && byTarget.containsKey(target);
  }
}
