package io.github.matrixsync.call.room;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.event.Membership;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a room are wanted, as of when, and how their events are shown. Immutable; more options may be added.
 *
 * @since 0.1.0
 */
public final class MembersOptions {
  /** All members as of now, in the form of r0. */
  public static final MembersOptions DEFAULT = new MembersOptions(null, null, null, EventForm.R0);

  private final @Nullable PaginationToken at;
  private final @Nullable Membership membership;
  private final @Nullable Membership notMembership;
  private final EventForm form;

  private MembersOptions(
      @Nullable PaginationToken at,
      @Nullable Membership membership,
      @Nullable Membership notMembership,
      EventForm form) {
    this.at = at;
    this.membership = membership;
    this.notMembership = notMembership;
    this.form = Objects.requireNonNull(form, "form");
  }

  /** Returns the place as of which the members are wanted, of a history token its position; empty: now. */
  public Optional<PaginationToken> at() {
    return Optional.ofNullable(at);
  }

  /** Returns the form in which events are shown. */
  public EventForm form() {
    return form;
  }

  /** Returns whether members of this membership are wanted. */
  public boolean includes(Membership of) {
    if (membership == null && notMembership == null) {
      return true;
    }
    return of == membership || (notMembership != null && of != notMembership);
  }

  /** Returns these options as of another place; null: now. */
  public MembersOptions withAt(@Nullable PaginationToken place) {
    return new MembersOptions(place, membership, notMembership, form);
  }

  /**
   * Returns these options for other memberships. With both, members are wanted whom either lets through.
   *
   * @param only the membership that is wanted; null: not restricted by this
   * @param not the membership that is not wanted; null: not restricted by this
   */
  public MembersOptions withMemberships(@Nullable Membership only, @Nullable Membership not) {
    return new MembersOptions(at, only, not, form);
  }

  /** Returns these options with events in another form. */
  public MembersOptions withForm(EventForm other) {
    return new MembersOptions(at, membership, notMembership, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MembersOptions that
        && Objects.equals(at, that.at)
        && membership == that.membership
        && notMembership == that.notMembership
        && form == that.form;
  }

  @Override
  public int hashCode() {
    return Objects.hash(at, membership, notMembership, form);
  }

  @Override
  public String toString() {
    return "MembersOptions[at=" + at + ", membership=" + membership + ", notMembership="
        + notMembership + ", form=" + form + "]";
  }
}
