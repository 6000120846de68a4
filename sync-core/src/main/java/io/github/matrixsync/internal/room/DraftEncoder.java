package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.UnsignedMembers;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Encodes the timelines and states of an answer's rooms for the viewer: events of erased users redacted, what an event
 * replaced only if the viewer may see it, and the viewer's membership at each event of a timeline. Events of the window
 * and entries of cached states share their encodings with other answers. Thread-safe.
 */
final class DraftEncoder {
  private final EventGate gate;
  private final EventCache single;

  DraftEncoder(EventGate gate, EventCache single) {
    this.gate = gate;
    this.single = single;
  }

  /** The encoded timeline and state of one room. */
  record Encoded(List<ClientEvent> timeline, List<ClientEvent> state) {}

  /**
   * Encodes drafts.
   *
   * @param states the states of rooms, from which entries are taken that are the same in them
   */
  Map<RoomId, Encoded> encode(
      Collection<RoomDraft> drafts,
      Map<RoomId, RoomState> states,
      ViewerContext viewer,
      StoreReads reads) {
    Pass pass = new Pass(drafts, states, viewer, reads);
    Map<RoomId, Encoded> encoded = new HashMap<>();
    for (RoomDraft draft : drafts) {
      encoded.put(draft.room(), new Encoded(pass.timeline(draft), pass.state(draft)));
    }
    return encoded;
  }

  /** Encodes the drafts of one answer. Confined to one thread. */
  private final class Pass {
    private final Map<RoomId, RoomState> states;
    private final ViewerContext viewer;
    private final Map<EventId, StoredEvent> replaced;
    private final Map<EventId, StoredEvent> entries;
    private final Map<RoomId, RoomView> views = new HashMap<>();
    private final EventGate.Showing showing;

    private Pass(
        Collection<RoomDraft> drafts,
        Map<RoomId, RoomState> states,
        ViewerContext viewer,
        StoreReads reads) {
      this.states = states;
      this.viewer = viewer;
      this.replaced = readReplaced(drafts, reads);
      this.entries = readEntries(drafts, reads);
      this.showing = gate.showing(viewer.form(), senders(drafts), reads.mayBlock())
          .orElseThrow(() -> ReadNeededException.INSTANCE);
      readViews(drafts, reads);
    }

    /** Reads what events replaced that are not of the window, whose entries have it. */
    private Map<EventId, StoredEvent> readReplaced(Collection<RoomDraft> drafts, StoreReads reads) {
      List<StoredEvent> stored = new ArrayList<>();
      drafts.forEach(draft -> draft.timeline.stream()
          .filter(event -> event.entry() == null && event.stored().replaces().isPresent())
          .forEach(event -> stored.add(event.stored())));
      if (stored.isEmpty()) {
        return Map.of();
      }
      reads.require();
      return gate.replacedBy(stored);
    }

    /** Reads the state entries that are not in the cached states, or of which more than the envelope is needed. */
    private Map<EventId, StoredEvent> readEntries(Collection<RoomDraft> drafts, StoreReads reads) {
      Set<EventId> ids = new HashSet<>();
      for (RoomDraft draft : drafts) {
        Map<EventId, StoredEvent> known = ofWindow(draft);
        draft.state.forEach((key, id) -> {
          if (cached(draft.room(), key, id).isEmpty() && !known.containsKey(id)) {
            ids.add(id);
          }
        });
      }
      Map<EventId, StoredEvent> found = new HashMap<>();
      if (!ids.isEmpty()) {
        reads.require();
        found.putAll(single.find(ids));
      }
      drafts.forEach(draft -> found.putAll(ofWindow(draft)));
      return found;
    }

    private static Map<EventId, StoredEvent> ofWindow(RoomDraft draft) {
      List<WindowEntry> inWindow = draft.scope.entries();
      if (inWindow == null || draft.state.isEmpty()) {
        return Map.of();
      }
      Map<EventId, StoredEvent> events = new HashMap<>();
      for (WindowEntry entry : inWindow) {
        if (entry.stored().event().isState()) {
          events.put(entry.stored().event().id(), entry.stored());
        }
      }
      return events;
    }

    private Optional<EncodedEvent> cached(RoomId room, EntryKey key, EventId id) {
      RoomState state = states.get(room);
      return viewer.filter().room().state().containsUrl().isPresent() || state == null
          ? Optional.empty()
          : state.find(key).filter(event -> event.id().equals(Optional.of(id)));
    }

    /** Returns the users whose erasure would change how something looks to the viewer. */
    private Set<UserId> senders(Collection<RoomDraft> drafts) {
      Set<UserId> senders = new HashSet<>();
      for (RoomDraft draft : drafts) {
        for (TimelineEvent event : draft.timeline) {
          boolean wasJoined = draft.scope.view() == null;
          if (!wasJoined || event.stored().redaction().isPresent()) {
            Erasure.addSenders(event.stored(), senders);
          }
          replacedBy(event).ifPresent(old -> Erasure.addSenders(old, senders));
        }
        RoomState state = states.get(draft.room());
        if (state != null && !draft.state.isEmpty()) {
          senders.addAll(state.list().senders());
        }
      }
      entries.values().forEach(event -> Erasure.addSenders(event, senders));
      return senders;
    }

    /** Reads the views that are needed: of all rooms if somebody is erased, else where an old event was replaced. */
    private void readViews(Collection<RoomDraft> drafts, StoreReads reads) {
      Set<RoomId> missing = new HashSet<>();
      for (RoomDraft draft : drafts) {
        RoomView known = draft.scope.view();
        if (known != null) {
          views.put(draft.room(), known);
        } else if (!showing.isWhole()
            || draft.timeline.stream().anyMatch(event -> hasOldReplaced(draft, event))) {
          missing.add(draft.room());
        }
      }
      if (!missing.isEmpty()) {
        reads.require();
        views.putAll(gate.views(viewer.user(), missing, viewer.end().room()));
      }
    }

    private boolean hasOldReplaced(RoomDraft draft, TimelineEvent event) {
      return replacedBy(event)
          .filter(old -> old.position() <= draft.scope.after())
          .isPresent();
    }

    private Optional<StoredEvent> replacedBy(TimelineEvent event) {
      WindowEntry entry = event.entry();
      return entry == null ? event.stored().replaces().map(replaced::get) : entry.replaced();
    }

    private List<ClientEvent> timeline(RoomDraft draft) {
      List<ClientEvent> events = new ArrayList<>(draft.timeline.size());
      for (TimelineEvent event : draft.timeline) {
        RawJson membership = UnsignedMembers.membership(membershipAt(draft, event.position()));
        encode(draft, event).ifPresent(encoded -> events.add(encoded.at(viewer.now(), membership)));
      }
      return events;
    }

    private Membership membershipAt(RoomDraft draft, long position) {
      RoomView view = draft.scope.view();
      return view == null ? Membership.JOIN : view.membershipAt(position);
    }

    private Optional<EncodedEvent> encode(RoomDraft draft, TimelineEvent event) {
      RoomView view = views.get(draft.room());
      Optional<StoredEvent> old = replacedBy(event);
      Optional<StoredEvent> visible =
          old.filter(replacedEvent -> view == null || view.shows(replacedEvent));
      WindowEntry entry = event.entry();
      if (entry != null && showing.isWhole() && visible.isPresent() == old.isPresent()) {
        return gate.encode(entry, viewer.form());
      }
      return view == null
          ? showing.encodeWhole(event.stored(), visible)
          : showing.encode(event.stored(), visible, view);
    }

    private List<ClientEvent> state(RoomDraft draft) {
      RoomEventFilter filter = viewer.filter().room().state();
      if (filter.acceptsNothing() || !filter.includes(draft.room())) {
        return List.of();
      }
      List<ClientEvent> shown = new ArrayList<>();
      draft.state.forEach((key, id) -> entry(draft, key, id)
          .filter(event -> matches(filter, event, id, draft.room()))
          .ifPresent(event -> shown.add(event.at(viewer.now()))));
      return shown;
    }

    private Optional<EncodedEvent> entry(RoomDraft draft, EntryKey key, EventId id) {
      StoredEvent stored = entries.get(id);
      if (stored == null) {
        RoomState state = states.get(draft.room());
        if (state == null || showing.isErased(state.list().senders())) {
          stored = single.find(List.of(id)).get(id);
        }
      }
      RoomView view = views.get(draft.room());
      if (stored == null) {
        return cached(draft.room(), key, id);
      }
      return view == null
          ? showing.encodeWhole(stored, Optional.empty())
          : showing.encode(stored, view);
    }

    private boolean matches(RoomEventFilter filter, EncodedEvent event, EventId id, RoomId room) {
      StoredEvent stored = entries.get(id);
      RoomView view = views.get(room);
      return stored != null
          ? filter.matches(view == null ? stored : showing.shown(stored, view))
          : filter.matches(event.type(), event.sender().orElseThrow());
    }
  }
}
