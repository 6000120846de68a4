package io.github.matrixsync.law.sync;

import io.github.matrixsync.law.sync.LoggedEvent.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that is being made. Immutable. */
record Draft(LoggedEvent event) {
  /** Makes it a state event. */
  Draft state(String key, String value) {
    return with(event.how(), event.depth(), key, value, event.redacts());
  }

  Draft deep(long depth) {
    return with(event.how(), depth, event.stateKey(), event.value(), event.redacts());
  }

  Draft redacting(String target) {
    return with(event.how(), event.depth(), event.stateKey(), event.value(), target);
  }

  Draft outlier() {
    return with(
        LoggedEvent.How.OUTLIER, event.depth(), event.stateKey(), event.value(), event.redacts());
  }

  long depth() {
    return event.depth();
  }

  /** Returns the event, which sets its own entry if it is a state event. */
  LoggedEvent build() {
    String key = event.stateKey();
    return build(key == null ? List.of() : List.of(new Entry(event.type(), key, event.id())));
  }

  /** Returns the event, which changes these entries. */
  LoggedEvent build(List<Entry> sets) {
    return new LoggedEvent(
        event.how(),
        event.position(),
        event.depth(),
        event.id(),
        event.room(),
        event.sender(),
        event.type(),
        event.stateKey(),
        event.value(),
        event.redacts(),
        List.copyOf(sets),
        event.visibility());
  }

  private Draft with(
      LoggedEvent.How how,
      long depth,
      @Nullable String stateKey,
      String value,
      @Nullable String redacts) {
    return new Draft(new LoggedEvent(
        how,
        event.position(),
        depth,
        event.id(),
        event.room(),
        event.sender(),
        event.type(),
        stateKey,
        value,
        redacts,
        List.of(),
        null));
  }
}
