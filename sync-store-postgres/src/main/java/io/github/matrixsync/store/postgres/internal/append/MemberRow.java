package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.state.MemberChange;
import org.jspecify.annotations.Nullable;

/** A row of a membership: what it is, and since when. Confined to one transaction. */
final class MemberRow {
  /** Whose membership, and in which room. */
  record Key(UserId user, RoomId room) {}

  final Key key;
  final long since;
  final Membership after;

  /** The change to be written; null for a row that is stored. */
  final @Nullable MemberChange change;

  long until = Long.MAX_VALUE;

  MemberRow(Key key, long since, Membership after, @Nullable MemberChange change) {
    this.key = key;
    this.since = since;
    this.after = after;
    this.change = change;
  }
}
