package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.ephemeral.AnswerScope;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.TokenRange;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the looks of application services' polls. An answer has the room events for the service, and typing, receipts
 * and presence of the rooms of interest to it as of the answer's end. A room counts as joined when the first of the
 * service's users joins. Thread-safe.
 */
public final class ServiceLooks {
  private final ServiceRooms rooms;
  private final ServiceReads reads;
  private final EphemeralEntries ephemerals;
  private final InstantSource clock;

  public ServiceLooks(
      InstantSource clock, ServiceRooms rooms, ServiceReads reads, EphemeralEntries ephemerals) {
    this.rooms = rooms;
    this.reads = reads;
    this.ephemerals = ephemerals;
    this.clock = clock;
  }

  /**
   * Returns the answer of a look up to the end of its range, which may be empty. May block.
   *
   * @param look of the service's sender
   * @param range the tokens after which the look begins, and up to which it goes
   */
  public Answered look(AppService service, LookRequest look, TokenRange range) {
    ServiceReader reader = rooms.reader(service);
    ServicePart found = reads.find(look, reader);
    RoomPart part = found.part();
    JoinsAndLeaves joinsAndLeaves = found.joinsAndLeaves();
    TokenRange reached = range.upTo(part);
    StreamToken end = reached.end();
    Instant now = clock.instant();
    if (EphemeralEntries.isNothingNew(reached, joinsAndLeaves)) {
      return new Answered(end, part.at(now));
    }
    Set<RoomId> shown = rooms.ofInterest(reader, moved(reached, joinsAndLeaves), end.room());
    AnswerScope scope = AnswerScope.ofService(look.reader(), shown, reached, joinsAndLeaves);
    return new Answered(end, ephemerals.chunk(part, scope, now, true).orElseThrow());
  }

  /**
   * The result of a look.
   *
   * @param end the token at which it ends
   * @param chunk the entries; may be empty
   */
  public record Answered(StreamToken end, List<ClientEvent> chunk) {}

  /** Returns the rooms that may have new entries. The rooms of interest are too many to be listed. */
  private Set<RoomId> moved(TokenRange range, JoinsAndLeaves joinsAndLeaves) {
    Set<RoomId> moved = new HashSet<>(joinsAndLeaves.entered());
    moved.addAll(joinsAndLeaves.joined().keySet());
    moved.addAll(joinsAndLeaves.changed().keySet());
    moved.addAll(ephemerals.changedRooms(range));
    return moved;
  }
}
