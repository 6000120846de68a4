/**
 * The interfaces of the stores that the sync engine reads, and the rules that every implementation must keep. Each
 * store has an interface for reading; what hosts write through this library is a sub-interface. The engine requires
 * only an {@link io.github.matrixsync.store.EventStore}; every other store may be absent. A host with its own tables
 * implements the reading interfaces; a host without uses a ready-made store.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.store.PositionedStream}: positions, watermark and listeners, for every stream
 *   <li>{@link io.github.matrixsync.store.EventStore}: the room events; its parameters and results are in
 *       {@link io.github.matrixsync.store.model} and {@link io.github.matrixsync.store.state}
 *   <li>{@link io.github.matrixsync.store.AppendableEventStore}: an event store to which events are appended
 *   <li>{@link io.github.matrixsync.store.PurgeableEventStore}: an event store that can drop the beginning of its log
 *   <li>{@code DefaultReads}: what an event store that does not override its default methods reads
 *   <li>{@link io.github.matrixsync.store.RoomDirectory}, {@link io.github.matrixsync.store.SettableRoomDirectory}: the
 *       published rooms and the aliases
 *   <li>{@link io.github.matrixsync.store.UserSettings}, {@link io.github.matrixsync.store.SettableUserSettings}: whom
 *       users ignore, which rooms they forgot, whose presence they follow, who is erased, who blocks invites
 *   <li>{@link io.github.matrixsync.store.FilterStore}: the filters that clients uploaded
 *   <li>{@link io.github.matrixsync.store.Registration}: of a listener
 *   <li>{@link io.github.matrixsync.store.StoreException}, {@link io.github.matrixsync.store.ExpiredPositionException}:
 *       the errors
 * </ul>
 *
 * <p>The stores of presence, typing, receipts and account data are in {@link io.github.matrixsync.store.ephemeral},
 * those of devices in {@link io.github.matrixsync.store.device}, and those of relations, unread counts and gaps in
 * {@link io.github.matrixsync.store.timeline}. The last two packages have rules of their own beside those below.
 *
 * <h2>The rules</h2>
 *
 * <h3>Values</h3>
 *
 * <ul>
 *   <li><b>V1</b> Every read returns an event, and the event that redacts it, with all its fields as they were
 *       appended: the JSON byte for byte, texts character for character, depths and times as whole numbers of 64 bits,
 *       instants to the millisecond (the values cut them when they are made). Event types, state keys, status messages,
 *       names and the types of receipts and account data can be any Java string: clients choose them, and a JSON escape
 *       brings U+0000 and lone surrogates too. The same holds for the entries of the other stores.
 *   <li><b>V2</b> Ids, event types and state keys are equal only if all their characters are: case, blanks, Unicode
 *       normalization form, U+0000 and lone surrogates matter.
 * </ul>
 *
 * <h3>Positions and the watermark</h3>
 *
 * <ul>
 *   <li><b>P1</b> Positions strictly increase in the order of arrival, whichever instance writes, and are never used
 *       again, also not after a purge or a restart. Positions may be left out. A position that no reader could see,
 *       because its append was rolled back, was not used: it may be left out or given to the next. Live events and
 *       outliers have positions from 1 up; backfill has positions from -1 down, each lower than the ones before.
 *   <li><b>P2</b> Final prefix: the set and the order of live events and outliers at or below the watermark never
 *       change, except that a purge removes a prefix.
 *   <li><b>W1</b> The watermark never falls, and a thread that has seen a value, or was told of it, sees that value or
 *       a higher one from then on.
 *   <li><b>W2</b> When a writing call returns, the watermark of this node covers what it wrote.
 *   <li><b>W3</b> Asking for the watermark does no I/O and takes no lock that is held during I/O.
 *   <li><b>L1</b> After every advance of the watermark every listener is called at least once, when the new watermark
 *       can be seen and everything below it can be read. One call may stand for several advances, and a call may come
 *       without one. Backfill advances nothing and need not call listeners. The same holds for every change of a user's
 *       settings, including erasure. An advance or a change made by another instance counts from when this instance
 *       knows of it: by the storage's signal, by a read of its own, or by {@code refresh()}, which calls the listeners
 *       as after any advance.
 *   <li><b>L2</b> No lock of the store is held while a listener runs, and an exception of one listener harms neither
 *       the writer nor another listener. A listener added twice has two registrations, each closed by itself; a call
 *       that had begun may still reach one that was just closed.
 * </ul>
 *
 * <h3>Appending</h3>
 *
 * <ul>
 *   <li><b>A1</b> A batch is stored whole or not at all, and no reader ever sees a part of it. A batch that is refused
 *       leaves no trace.
 *   <li><b>A2</b> The new live events and outliers of a batch take ascending positions in the batch's order, with
 *       nothing of another append between them. An event without a depth gets the highest depth that any event of its
 *       room ever had here, of whatever kind and purged ones included, plus one, but at most
 *       {@link java.lang.Long#MAX_VALUE}, because a remote server may send any depth; the first of a room gets 1. (So
 *       later events are never below a point of the history that was returned before.)
 *   <li><b>A3</b> Appending an id that is known, as whatever kind but for A4, changes nothing, is not checked, and
 *       returns the position it has: also one that was appended earlier in the same batch, a live event that was
 *       purged, and a backfilled event that is appended as live, which keeps its negative position.
 *   <li><b>A4</b> Appending as live an event that is known only as an outlier gives it a new, live position. The
 *       outlier's entry stays in the log where it is; every other read returns the live event, with
 *       {@code subjectKnows} set if the outlier changed its subject's membership. A purged outlier counts as unknown.
 *   <li><b>A5</b> State changes take effect at the position of the event with which they were appended: by default a
 *       state event sets its own entry; a host that resolves state itself names the entries instead. Setting an entry
 *       to the event that it already is is no change, with one exception: a live event that is appended with its own
 *       entry always has that change, because its changes alone show whether a state event became state. An outlier
 *       changes either nothing, or exactly its own member entry, which changes its subject's membership, also to the
 *       same, and no state. Entries that name a purged or unknown event, or one that does not fit, or the same entry
 *       twice, are refused. Each live state event records which event its own entry was right before it ({@code
 *       replaces}), also within a batch and whether or not it takes its place, but never itself. The membership before
 *       a member change is the one the user had, by whatever kind of event.
 *   <li><b>K1</b> Backfill has no position in the stream: no log read returns it, it changes no state and no
 *       membership, and it is part of its room's history whatever {@code upTo}.
 *   <li><b>K2</b> Backfill, and a redaction in it, is readable when {@code backfilledTo} has fallen to its position.
 *   <li><b>K3</b> The result of {@code backfill} has the room of every backfilled event between its bounds, and the
 *       event that each redaction among them names. It may have more.
 * </ul>
 *
 * <p>State follows from the state changes, never from the content of events. A state event that is appended without its
 * own entry has lost state resolution: the membership or visibility in its content has no effect, it is in no state,
 * and no later event replaces it. It is part of its room's history like any other event. Clients of the v1 stream treat
 * every state event as the current state, so the engine sends it to its sender only. If an entry goes back to an older
 * event, or is removed, no event in the stream shows that: a v1 client sees it in its next snapshot, and a host that
 * wants v1 clients to see it at once appends an event that sets the entry.
 *
 * <h3>Reading</h3>
 *
 * <ul>
 *   <li><b>B1</b> Bounds are {@code after} (exclusive) and {@code upTo} (inclusive).
 *   <li><b>B2</b> Reads by position come in ascending order; a limit cuts off the highest. A page of the log may end
 *       before its limit, even without an event, as long as its {@code through} lies above {@code after}; a read of a
 *       coalescing stream that returns fewer changes than its limit has returned them all.
 *   <li><b>B3</b> A read returns everything that it was asked for, for any number of ids, rooms or users; it may return
 *       more.
 *   <li><b>B4</b> {@code newest} returns the live events of a room that the ranges include and that lie above the
 *       beginning of the first range, the last ones by position, descending, whatever their depth.
 *   <li><b>R1</b> Results are immutable, inner collections included, and do not change when the store does.
 *   <li><b>R2</b> A read from below {@code retainedAfter} throws
 *       {@link io.github.matrixsync.store.ExpiredPositionException}, also when a purge overtakes it, by whichever
 *       instance.
 *   <li><b>R3</b> A purge removes only events that never set a state entry. An event that ever set an entry, of the
 *       state or of an outlier's subject, is removed from the log only: it is still read by its id, in the state as of
 *       any position, and in its room's history. (So the events that {@code changes}, {@code replaces}, memberships and
 *       timelines name can always be read, which the snapshot of a user who left long ago needs.)
 *   <li><b>S1</b> State as of a position is exact, for every position from 0 to the watermark, at any time. Only live
 *       events change it: an event that was first an outlier sets its entry at its live position.
 *   <li><b>S2</b> Memberships, members and timelines are complete and exact as of a position, rooms that were left and
 *       outliers included. They follow from the member and visibility changes, whichever event these were appended
 *       with.
 *   <li><b>S3</b> {@code stateChanges} returns each entry that is another event, or none, at the two ends of an
 *       interval, once, with what it is at the upper end. Its position is that of its last change in the interval, or
 *       the upper end. Of the other entries it returns none, or such as changed in between.
 *   <li><b>S4</b> {@code members} counts the joined and the invited users of the state as of a position. The first
 *       users of each kind are those whose member events have the lowest positions.
 *   <li><b>H1</b> A room's history is its live events and its backfill, ordered by depth, then position; outliers are
 *       not in it.
 *   <li><b>H2</b> {@code pointAt} maps a position of the stream to a point of a room's history. Purged events are no
 *       points.
 *   <li><b>D1</b> Every read returns an event together with the redaction that applies to it now, whatever
 *       {@code upTo}: one of the same room that names it in {@code redacts}; of several live ones the first by
 *       position, and only if there is none the first backfilled one. A redaction that was appended before its target
 *       applies, and a purged redaction still applies. The result also has whether the redaction is redacted itself.
 *       Outliers redact nothing until they are live.
 * </ul>
 *
 * <h3>Coalescing streams</h3>
 *
 * <ul>
 *   <li><b>C1</b> There is one entry per key, the latest. A change moves the key's entry to a new position above the
 *       watermark, never down; nothing ever appears at or below the watermark. Setting an entry to its present value is
 *       no change.
 *   <li><b>C2</b> What {@code current} returns is at least as new as the watermark before the call, once for each entry
 *       and for no key that was not asked for.
 *   <li><b>C3</b> A store that loses its content with its process starts above every position that it may have returned
 *       before; {@code retainedAfter} tells where it starts.
 *   <li><b>T1</b> Typing ends at its deadline once {@code expire} is called with that time or a later one; the end is a
 *       change with its own position. Calling it again does nothing. After {@code expire(now)} has returned,
 *       {@code nextDeadline} is empty or later than {@code now}, unless a call since then set an earlier deadline, and
 *       whichever instance ended what was there: else the engine's timer would call it again and again.
 *   <li><b>T2</b> When the next deadline becomes earlier, every listener is called at least once, also if no position
 *       was taken: the engine sets its timer when listeners are called. For a deadline that another instance set, as
 *       for its advances (rule L1).
 * </ul>
 *
 * <p>Account data is a coalescing stream like the others: one entry per user, room or none, and type. {@code current}
 * of a user returns all of that user's entries, global ones and those of every room, and no other user's; content is
 * returned byte for byte.
 *
 * <h3>Reads as of now</h3>
 *
 * <ul>
 *   <li><b>N1</b> Reads of the directory and the settings see every write that has returned, on any instance, and
 *       return only the rooms and users that were asked for. Concurrent writes are all stored: two rooms forgotten at
 *       once are both forgotten, and an alias that two rooms ask for at once goes to one of them.
 * </ul>
 *
 * <h3>Filters</h3>
 *
 * <ul>
 *   <li><b>FS1</b> A filter comes back byte for byte, also after a restart of a store that keeps its content.
 *   <li><b>FS2</b> An id names a filter of one user only; for every other user it names that user's own, or none.
 *   <li><b>FS3</b> An id is not empty and does not begin with an opening brace. Different filters of a user have
 *       different ids.
 * </ul>
 *
 * <h3>Failures, threads, end</h3>
 *
 * <ul>
 *   <li><b>E1</b> A failure throws a {@link io.github.matrixsync.store.StoreException}, never returns an empty or
 *       shortened result; the exception tells whether a write's outcome is known.
 *   <li><b>X1</b> Every method of every store may be called by any number of threads. The engine closes no store: the
 *       host that made a store closes it, after the engine. A store has no need to be closable; where it is, its own
 *       type or what made it has {@code close()}, which is idempotent, and after it every other call of the store
 *       throws {@link IllegalStateException}.
 * </ul>
 *
 * <p>The module {@code sync-store-tck} tests these rules.
 *
 * <p>A store MAY keep its events when it is closed and opened again, and several instances MAY see one another's: all
 * rules then hold whichever instance writes and reads, W2 on the instance that wrote, and on the others after
 * {@code refresh()}; what a store can do besides reading is a sub-interface, such as
 * {@link io.github.matrixsync.store.AppendableEventStore} or {@link io.github.matrixsync.store.PurgeableEventStore},
 * never a flag. A default method may be slower than a store's own, never less correct.
 */
@NullMarked
package io.github.matrixsync.store;

import org.jspecify.annotations.NullMarked;
