package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.CutAnswers;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.ephemeral.AnswerScope;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.TokenRange;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final CutAnswers cutAnswers;

  public ServiceLooks(
      InstantSource clock,
      StreamFollowers followers,
      ServiceRooms rooms,
      ServiceReads reads,
      EphemeralEntries ephemerals) {
    this.rooms = rooms;
    this.reads = reads;
    this.ephemerals = ephemerals;
    this.clock = clock;
    cutAnswers = new CutAnswers(followers);
  }

  /**
   * Returns the answer of a look up to the end of its range, which may be empty; null if a store must be read and
   * {@code mayBlock} is false.
   *
   * @param look of the service's sender
   * @param range the tokens after which the look begins, and up to which it goes
   */
  public @Nullable Answered look(
      AppService service, LookRequest look, TokenRange range, boolean mayBlock) {
    StreamToken after = range.after();
    StreamToken end = range.end();
    ServiceReader reader = rooms.reader(service);
    Optional<ServicePart> found = reads.find(look, reader, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get().part();
    JoinsAndLeaves own = found.get().joinsAndLeaves();
    if (part.through() < end.room()) {
      StreamToken cut = after.withRoom(part.through());
      reader.addPending(after, cut, !own.isNone());
      return new Answered(cut, part.at(clock.instant()));
    }
    JoinsAndLeaves earlier = cutAnswers.before(
        look,
        reader.pendingAfter(after),
        again -> reads.find(again, reader, mayBlock).map(ServiceLooks::part).orElse(null));
    if (earlier == null) {
      return null;
    }
    JoinsAndLeaves joinsAndLeaves = own.after(earlier);
    boolean nothingNew = EphemeralEntries.isNothingNew(range, joinsAndLeaves);
    if (!nothingNew && !mayBlock) {
      return null;
    }
    Instant now = clock.instant();
    List<ClientEvent> chunk = part.at(now);
    if (!nothingNew) {
      Set<RoomId> shown = rooms.ofInterest(reader, moved(range, joinsAndLeaves), end.room());
      AnswerScope scope = AnswerScope.ofService(look.reader(), shown, range, joinsAndLeaves);
      chunk.addAll(ephemerals.between(scope, now, true).orElseThrow());
    }
    return new Answered(end, chunk);
  }

  /**
   * The result of a look.
   *
   * @param end the token at which it ends
   * @param chunk the entries; may be empty
   */
  public record Answered(StreamToken end, List<ClientEvent> chunk) {}

  private static CutAnswers.Part part(ServicePart found) {
    return new CutAnswers.Part(found.joinsAndLeaves(), found.part().through());
  }

  /** Returns the rooms that may have new entries. The rooms of interest are too many to be listed. */
  private Set<RoomId> moved(TokenRange range, JoinsAndLeaves joinsAndLeaves) {
    Set<RoomId> moved = new HashSet<>(joinsAndLeaves.entered());
    moved.addAll(joinsAndLeaves.joined().keySet());
    moved.addAll(joinsAndLeaves.changed().keySet());
    moved.addAll(ephemerals.changedRooms(range));
    return moved;
  }
}
