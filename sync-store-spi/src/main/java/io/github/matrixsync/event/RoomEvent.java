package io.github.matrixsync.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One room event that the host has accepted: the envelope that the sync core works with, and the JSON that readers get.
 * Where both have a field, the envelope wins. Immutable.
 *
 * <p>Source: {@code room_event.json} and {@code state_event.json} of the 2015 core event schema.
 *
 * @since 0.1.0
 */
public final class RoomEvent {
  /** The type of the state events that set memberships. */
  public static final String MEMBER = "m.room.member";

  /** The type of the state events that set who may read a room. */
  public static final String HISTORY_VISIBILITY = "m.room.history_visibility";

  /** The type of events that redact another one. */
  public static final String REDACTION = "m.room.redaction";

  private final EventId id;
  private final RoomId room;
  private final UserId sender;
  private final String type;
  private final @Nullable String stateKey;
  private final long originServerTs;
  private final OptionalLong depth;
  private final @Nullable EventId redacts;
  private final @Nullable Relation relation;
  private final @Nullable Membership membership;
  private final @Nullable UserId subject;
  private final @Nullable HistoryVisibility historyVisibility;
  private final @Nullable Instant ageSince;
  private final @Nullable RoomVersion roomVersion;
  private final RawJson json;

  private RoomEvent(Builder builder) {
    id = builder.id;
    room = builder.room;
    sender = builder.sender;
    type = builder.type;
    stateKey = builder.stateKey;
    originServerTs = builder.originServerTs;
    depth = builder.depth;
    redacts = builder.redacts;
    relation = builder.relation;
    membership = builder.membership;
    subject = membership == null ? null : UserId.parse(Objects.requireNonNull(stateKey));
    historyVisibility = builder.historyVisibility;
    ageSince = builder.ageSince;
    roomVersion = builder.roomVersion;
    json = builder.json;
  }

  /** Returns a builder of an event with the fields that every event has. */
  public static Builder builder(EventId id, RoomId room, UserId sender, String type) {
    return new Builder(id, room, sender, type);
  }

  /** Returns the event's id, unique in a store. */
  public EventId id() {
    return id;
  }

  /** Returns the room it belongs to. */
  public RoomId room() {
    return room;
  }

  /** Returns who sent it. */
  public UserId sender() {
    return sender;
  }

  /** Returns its type, such as {@code m.room.message}. */
  public String type() {
    return type;
  }

  /** Returns the state key, which state events and only they have; {@code ""} is a value. */
  public Optional<String> stateKey() {
    return Optional.ofNullable(stateKey);
  }

  /** Returns whether it is a state event. */
  public boolean isState() {
    return stateKey != null;
  }

  /** Returns the sending server's time, milliseconds since the epoch. */
  public long originServerTs() {
    return originServerTs;
  }

  /**
   * Returns the depth in the event graph; empty: the store assigns the room's highest depth plus one, at most {@link
   * Long#MAX_VALUE}.
   */
  public OptionalLong depth() {
    return depth;
  }

  /** Returns the event that this one redacts; present only if the host allowed the redaction. */
  public Optional<EventId> redacts() {
    return Optional.ofNullable(redacts);
  }

  /** Returns how it relates to an earlier event; empty if it does not, or if the host did not set it. */
  public Optional<Relation> relation() {
    return Optional.ofNullable(relation);
  }

  /**
   * Returns the membership it sets; present exactly if it is an {@code m.room.member} state event whose state key is a
   * user id.
   */
  public Optional<Membership> membership() {
    return Optional.ofNullable(membership);
  }

  /** Returns the user whose membership it sets; present exactly when {@link #membership()} is. */
  public Optional<UserId> subject() {
    return Optional.ofNullable(subject);
  }

  /** Returns whether it sets the membership of {@code user}. */
  public boolean isAbout(UserId user) {
    return subject != null && subject.equals(user);
  }

  /**
   * Returns the history visibility it sets; present exactly if it is an {@code m.room.history_visibility} state event
   * with an empty state key.
   */
  public Optional<HistoryVisibility> historyVisibility() {
    return Optional.ofNullable(historyVisibility);
  }

  /** Returns the instant from which readers' {@code age} counts, in whole milliseconds; empty: readers get no age. */
  public Optional<Instant> ageSince() {
    return Optional.ofNullable(ageSince);
  }

  /**
   * Returns the version of its room; empty: the host did not set it, and where versions differ the strictest rule
   * applies.
   */
  public Optional<RoomVersion> roomVersion() {
    return Optional.ofNullable(roomVersion);
  }

  /** Returns the whole event as a JSON object. */
  public RawJson json() {
    return json;
  }

  /** Returns a builder with all fields of this event. */
  public Builder toBuilder() {
    Builder copy = new Builder(id, room, sender, type);
    copy.stateKey = stateKey;
    copy.originServerTs = originServerTs;
    copy.depth = depth;
    copy.redacts = redacts;
    copy.relation = relation;
    copy.membership = membership;
    copy.historyVisibility = historyVisibility;
    copy.ageSince = ageSince;
    copy.roomVersion = roomVersion;
    copy.json = json;
    return copy;
  }

  /** Compares by id, because an id names the same event for ever. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RoomEvent event && id.equals(event.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Returns id, room and type, never content. */
  @Override
  public String toString() {
    return "RoomEvent[" + id + " " + type + " in " + room + "]";
  }

  /**
   * Builds an event. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final EventId id;
    private final RoomId room;
    private final UserId sender;
    private final String type;
    private @Nullable String stateKey;
    private long originServerTs;
    private OptionalLong depth = OptionalLong.empty();
    private @Nullable EventId redacts;
    private @Nullable Relation relation;
    private @Nullable Membership membership;
    private @Nullable HistoryVisibility historyVisibility;
    private @Nullable Instant ageSince;
    private @Nullable RoomVersion roomVersion;
    private RawJson json = RawJson.of("{}");

    private Builder(EventId id, RoomId room, UserId sender, String type) {
      this.id = Objects.requireNonNull(id, "id");
      this.room = Objects.requireNonNull(room, "room");
      this.sender = Objects.requireNonNull(sender, "sender");
      this.type = Objects.requireNonNull(type, "type");
    }

    /** Makes it a state event with this key. */
    public Builder stateKey(String key) {
      stateKey = Objects.requireNonNull(key, "state key");
      return this;
    }

    /** Sets the sending server's time, milliseconds since the epoch; 0 if never set. */
    public Builder originServerTs(long millis) {
      originServerTs = millis;
      return this;
    }

    /** Sets the depth in the event graph, at least 0. */
    public Builder depth(long value) {
      if (value < 0) {
        throw new IllegalArgumentException("depth must not be negative, got " + value);
      }
      depth = OptionalLong.of(value);
      return this;
    }

    /** Sets the event that this one redacts, null for none; only for a redaction that the host allows. */
    public Builder redacts(@Nullable EventId target) {
      redacts = target;
      return this;
    }

    /** Sets how it relates to an earlier event, null for not at all. */
    public Builder relation(@Nullable Relation toParent) {
      relation = toParent;
      return this;
    }

    /** Sets the membership that an {@code m.room.member} event gives to the user its state key names. */
    public Builder membership(Membership value) {
      membership = Objects.requireNonNull(value, "membership");
      return this;
    }

    /** Sets the visibility that an {@code m.room.history_visibility} event gives to its room. */
    public Builder historyVisibility(HistoryVisibility value) {
      historyVisibility = Objects.requireNonNull(value, "history visibility");
      return this;
    }

    /** Sets the instant from which readers' {@code age} counts; it is cut to the millisecond. */
    public Builder ageSince(Instant instant) {
      ageSince = instant.truncatedTo(ChronoUnit.MILLIS);
      return this;
    }

    /** Sets the version of the event's room. */
    public Builder roomVersion(RoomVersion version) {
      roomVersion = Objects.requireNonNull(version, "room version");
      return this;
    }

    /** Sets the whole event as a JSON object. */
    public Builder json(RawJson object) {
      json = Objects.requireNonNull(object, "json");
      return this;
    }

    /**
     * Returns the event.
     *
     * @throws IllegalArgumentException if a membership or a history visibility is set on an event of another kind, or
     *     is missing on one of its own kind
     */
    public RoomEvent build() {
      requireExactlyIf(isMember(), membership, "membership");
      requireExactlyIf(isHistoryVisibility(), historyVisibility, "history visibility");
      return new RoomEvent(this);
    }

    private boolean isMember() {
      if (stateKey == null || !type.equals(MEMBER)) {
        return false;
      }
      try {
        UserId.parse(stateKey);
        return true;
      } catch (InvalidIdException e) {
        return false;
      }
    }

    private boolean isHistoryVisibility() {
      return type.equals(HISTORY_VISIBILITY) && "".equals(stateKey);
    }

    private void requireExactlyIf(boolean expected, @Nullable Object value, String what) {
      if (expected != (value != null)) {
        throw new IllegalArgumentException(
            "event " + id + (expected ? " needs its " : " must have no ") + what);
      }
    }
  }
}
