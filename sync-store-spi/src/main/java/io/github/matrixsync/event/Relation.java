package io.github.matrixsync.event;

import java.util.Objects;

/**
 * How an event relates to an earlier one: {@code rel_type} and {@code event_id} of its {@code m.relates_to}.
 *
 * <p>Source: "Forming relationships between events" of the Client-Server API.
 *
 * @param relType the kind of relation; clients may choose any text
 * @param target the event that it relates to, its parent; it need not be known
 * @since 0.1.0
 */
public record Relation(String relType, EventId target) {
  /** The kind of relation of edits. */
  public static final String REPLACE = "m.replace";

  /** The kind of relation of the events of a thread to its root. */
  public static final String THREAD = "m.thread";

  /** The kind of relation of references. */
  public static final String REFERENCE = "m.reference";

  /** The kind of relation of reactions. */
  public static final String ANNOTATION = "m.annotation";

  /** Checks that nothing is null. */
  public Relation {
    Objects.requireNonNull(relType, "relation type");
    Objects.requireNonNull(target, "target");
  }
}
