package io.github.matrixsync.internal.poll;

import io.github.matrixsync.internal.due.ServiceReads;
import io.github.matrixsync.internal.roster.Reader;
import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.due.ServiceReader;
import io.github.matrixsync.internal.due.ServiceRooms;
import io.github.matrixsync.internal.ephemeral.Company;
import io.github.matrixsync.internal.ephemeral.Ephemerals;
import io.github.matrixsync.internal.ephemeral.Sight;
import io.github.matrixsync.internal.follow.Following;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.log.ServicePart;
import io.github.matrixsync.internal.log.Turnover;
import io.github.matrixsync.internal.roster.Look;
import io.github.matrixsync.internal.roster.Service;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the polls of application services get: the room events due to the service, and typing, receipts and presence of the rooms that are of interest to it as of the answer's end, as a user gets those of the rooms they are in. A
 * room counts as entered when the first of the service's users comes in. Thread-safe.
 */
public final class ServiceStreams {
  private final Following following;
  private final ServiceRooms rooms;
  private final ServiceReads reads;
  private final Ephemerals ephemerals;
  private final Company company;
  private final InstantSource clock;
  private final CutParts cutParts;

  public ServiceStreams(
      InstantSource clock,
      Following following,
      ServiceRooms rooms,
      ServiceReads reads,
      Ephemerals ephemerals,
      Company company) {
    this.following = following;
    this.rooms = rooms;
    this.reads = reads;
    this.ephemerals = ephemerals;
    this.company = company;
    this.clock = clock;
    cutParts = new CutParts(following);
  }

  /**
   * Returns what is due to a service, perhaps nothing, in a look that goes up to {@code end}; null if that must be read
   * and may not.
   *
   * @param sender the reader of the service's sender
   * @param from where the look begins
   */
  public @Nullable Answered look(
      Service service, Reader sender, Look look, StreamToken from, StreamToken end, boolean mayBlock) {
    ServiceReader reader = rooms.reader(service);
    Optional<ServicePart> found = reads.find(look, reader, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get().part();
    Turnover own = found.get().turnover();
    if (part.through() < end.room()) {
      StreamToken cut = from.withRoom(part.through());
      reader.leaveUntold(from, cut, !own.isNone());
      return new Answered(cut, part.at(clock.instant()));
    }
    Turnover earlier = cutParts.before(
        look,
        reader.untoldSince(from),
        again ->
            reads.find(again, reader, mayBlock).map(ServiceStreams::part).orElse(null));
    if (earlier == null) {
      return null;
    }
    Turnover turnover = own.after(earlier);
    boolean nothingNew = Ephemerals.isNothingNew(from, end, turnover);
    if (!nothingNew && !mayBlock) {
      return null;
    }
    Instant now = clock.instant();
    List<ClientEvent> chunk = part.at(now);
    if (!nothingNew) {
      Set<RoomId> shown = rooms.ofInterest(reader, moved(from, end, turnover), end.room());
      chunk.addAll(
          ephemerals.between(Sight.ofService(sender, shown, from, end, turnover), now));
    }
    return new Answered(end, chunk);
  }

  /**
   * What a look found.
   *
   * @param end up to where it went
   * @param chunk what is due; empty: nothing
   */
  public record Answered(StreamToken end, List<ClientEvent> chunk) {}

  private static CutParts.Part part(ServicePart found) {
    return new CutParts.Part(found.turnover(), found.part().through());
  }

  /** Returns the rooms that may have something to show: all rooms of interest cannot be listed. */
  private Set<RoomId> moved(StreamToken from, StreamToken end, Turnover turnover) {
    Set<RoomId> moved = new HashSet<>(turnover.entered());
    moved.addAll(turnover.met().keySet());
    moved.addAll(turnover.turned().keySet());
    following.typing().all(from.typing(), end.typing()).forEach(change -> moved.add(change.room()));
    following
        .receipts()
        .all(from.receipts(), end.receipts())
        .forEach(change -> moved.add(change.room()));
    following
        .presence()
        .all(from.presence(), end.presence())
        .forEach(change -> moved.addAll(company.roomsOf(change.user(), end.room())));
    return moved;
  }
}
