package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.DamagedEvents;
import io.github.matrixsync.internal.cache.EncodedEventCache;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.cache.RoomList;
import io.github.matrixsync.internal.cache.TimelineCache;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which room events a viewer may see, and encodes them for the viewer. Visibility follows from the room's
 * history, the users whom the viewer ignores and the rooms that the viewer forgot; events of erased users are shown
 * redacted. May block. Thread-safe.
 */
public final class EventGate {
  private final EventCache events;
  private final TimelineCache timelines;
  private final UserSettings settings;
  private final Erasures erasures;
  private final EncodedEventCache encoder;
  private final DamagedEvents damaged;

  public EventGate(UserSettings settings, Caches caches, Erasures erasures) {
    this.events = caches.events();
    this.timelines = caches.timelines();
    this.settings = settings;
    this.erasures = erasures;
    this.encoder = caches.encodedEvents();
    this.damaged = caches.damaged();
  }

  /** Returns what a user may see of some rooms, as of a position. */
  public Map<RoomId, RoomView> views(UserId user, Collection<RoomId> rooms, long asOf) {
    Map<RoomId, RoomView> views = new TreeMap<>();
    if (!rooms.isEmpty()) {
      Set<UserId> ignored = settings.ignored(user);
      Map<RoomId, Timelines> found = timelines.find(user, rooms, asOf);
      rooms.forEach(room -> {
        Timelines lines = BatchAnswers.answer(found, room);
        views.put(room, RoomView.of(user, lines, asOf).ignoring(ignored));
      });
      Set<EventId> unwanted = unwantedInvitations(user, ignored, views.values());
      if (!unwanted.isEmpty()) {
        views.replaceAll((room, view) -> view.withoutInvitations(unwanted));
      }
    }
    return views;
  }

  /**
   * Returns those of a user's latest invitations that the user does not want: all if the user blocks invites, else
   * those by users whom the user ignores. Makes at most two reads, and none without invitations.
   */
  public Set<EventId> unwantedInvitations(
      UserId user, Set<UserId> ignored, Collection<RoomView> views) {
    Set<EventId> invitations = new HashSet<>();
    views.forEach(view -> invitations.addAll(view.latestInvitations()));
    if (invitations.isEmpty() || !settings.blocksInvites(List.of(user)).isEmpty()) {
      return invitations;
    }
    Set<EventId> unwanted = new HashSet<>();
    if (!ignored.isEmpty()) {
      events.find(invitations).forEach((id, invitation) -> {
        if (Ranges.ignores(user, ignored, invitation.event())) {
          unwanted.add(id);
        }
      });
    }
    return unwanted;
  }

  /** Returns what a user may see of one room, as of a position. */
  private RoomView view(UserId user, RoomId room, long asOf) {
    return BatchAnswers.answer(views(user, List.of(room), asOf), room);
  }

  /**
   * Returns what a user may see of one room. If the user has left and forgotten the room, that is what somebody sees
   * who was never in it.
   */
  public RoomView viewUnlessForgotten(UserId user, RoomId room, long asOf) {
    RoomView view = view(user, room, asOf);
    return view.isOut() && settings.forgotten(user).contains(room) ? view.asStranger() : view;
  }

  /** An event that a viewer may see, and the view of its room by which the viewer may see it. */
  public record Shown(StoredEvent event, RoomView view) {}

  /** Returns one event as of a position; empty if it is unknown, or the user may not see it. */
  public Optional<Shown> find(UserId user, EventId id, long asOf) {
    StoredEvent event = events.find(List.of(id)).get(id);
    if (event == null) {
      return Optional.empty();
    }
    RoomView view = view(user, event.event().room(), asOf);
    return view.shows(event) ? Optional.of(new Shown(event, view)) : Optional.empty();
  }

  /** Encodes one event without the content that it replaced; empty if it is damaged. */
  public Optional<EncodedEvent> encode(Shown shown, EventForm form) {
    return showing(form, List.of(shown.event())).encode(shown.event(), shown.view());
  }

  /** Encodes an event of the window for a stream, with nothing erased; empty if it is damaged. */
  public Optional<EncodedEvent> encode(WindowEntry entry, EventForm form) {
    return damaged.encode(
        entry.stored(), entry.replaced(), (event, old) -> entry.encoded(event, old, form));
  }

  /**
   * Encodes events for a stream or a page, each by the view of its room. The result has the order of {@code chunk},
   * with an empty element for an event that is damaged.
   */
  public List<Optional<EncodedEvent>> encode(
      List<StoredEvent> chunk, EventForm form, Function<StoredEvent, RoomView> views) {
    Map<EventId, StoredEvent> replaced = replacedBy(chunk);
    List<StoredEvent> all = new ArrayList<>(chunk);
    all.addAll(replaced.values());
    Showing showing = showing(form, all);
    return chunk.stream()
        .map(
            event -> showing.encode(event, event.replaces().map(replaced::get), views.apply(event)))
        .toList();
  }

  /** Returns the state events that these replaced, as {@link EventCache#replacedBy} does. */
  public Map<EventId, StoredEvent> replacedBy(Collection<StoredEvent> newer) {
    return events.replacedBy(newer);
  }

  /** Reads which senders of cached lists, which are shared by all viewers, are erased. An absent list is null. */
  public Erasure erasureIn(@Nullable RoomList[]... lists) {
    Set<UserId> senders = new HashSet<>();
    if (!erasures.isAbsent()) {
      for (@Nullable RoomList[] some : lists) {
        for (RoomList list : some) {
          if (list != null) {
            senders.addAll(list.senders());
          }
        }
      }
    }
    return erasures.read(senders);
  }

  /** Returns the users whom a user ignores. */
  public Set<UserId> ignored(UserId user) {
    return settings.ignored(user);
  }

  /**
   * Returns an encoder for the events of one answer.
   *
   * @param all the events that will be encoded, and the events that they replaced
   */
  public Showing showing(EventForm form, Iterable<StoredEvent> all) {
    Set<UserId> senders = new HashSet<>();
    all.forEach(event -> Erasure.addSenders(event, senders));
    return new Showing(form, erasures.read(senders));
  }

  /**
   * Returns an encoder for the events of one answer.
   *
   * @param senders users whose erasure would change how its events look
   * @param mayBlock whether the user settings may be read; if not, the result is empty when they must be
   */
  public Optional<Showing> showing(EventForm form, Set<UserId> senders, boolean mayBlock) {
    Optional<Erasure> known = erasures.known(senders);
    return (known.isEmpty() && mayBlock ? Optional.of(erasures.read(senders)) : known)
        .map(erasure -> new Showing(form, erasure));
  }

  /** Encodes the events of one answer. Thread-safe. */
  public final class Showing {
    private final EventForm form;
    private final Erasure erasure;

    private Showing(EventForm form, Erasure erasure) {
      this.form = form;
      this.erasure = erasure;
    }

    /** Returns whether nobody is erased. */
    public boolean isWhole() {
      return erasure.isNone();
    }

    /** Returns whether any of these users is erased. */
    public boolean isErased(Set<UserId> users) {
      return erasure.isOfAny(users);
    }

    /** Returns an event as the viewer gets it: without what was erased. */
    public StoredEvent shown(StoredEvent event, RoomView view) {
      return erasure.show(event, Optional.empty(), view).event();
    }

    /** Encodes an event without {@code prev_content}, as in state and for single events; empty if it is damaged. */
    public Optional<EncodedEvent> encode(StoredEvent event, RoomView view) {
      return encode(event, Optional.empty(), view);
    }

    /** Encodes an event with nothing erased, for a viewer who was joined at it; empty if it is damaged. */
    public Optional<EncodedEvent> encodeWhole(StoredEvent event, Optional<StoredEvent> replaced) {
      return damaged.encode(
          event,
          replaced,
          (shown, old) -> encoder.encode(new Erasure.Shown(shown, old, true), form));
    }

    /**
     * Encodes an event with the content of the event that it replaced, as in streams and pages; empty if it is damaged.
     */
    public Optional<EncodedEvent> encode(
        StoredEvent event, Optional<StoredEvent> replaced, RoomView view) {
      return damaged.encode(
          event, replaced, (shown, old) -> encoder.encode(erasure.show(shown, old, view), form));
    }
  }
}
