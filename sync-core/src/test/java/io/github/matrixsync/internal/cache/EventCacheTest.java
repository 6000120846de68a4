package io.github.matrixsync.internal.cache;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCacheTest {
  private final FollowedStore followed = new FollowedStore();
  private final EventCache events = followed.caches.events();

  @Test
  void find_someKept_readsTheOthersInOneCall() {
    RoomEvent first = followed.message(ROOM, ALICE);
    RoomEvent second = followed.message(ROOM, BOB);
    EventId unknown = EventId.parse("$unknown:h");
    events.find(List.of(first.id()));
    followed.reads();

    assertThat(events.find(List.of(first.id(), second.id(), unknown)))
        .containsOnlyKeys(first.id(), second.id())
        .containsEntry(first.id(), followed.stored(first))
        .containsEntry(second.id(), followed.stored(second));
    assertThat(followed.reads()).containsExactly("events");
    assertThat(events.find(List.of(first.id(), second.id()))).hasSize(2);
    assertThat(followed.reads()).isEmpty();
  }

  @Test
  void find_redactedSince_isReadAgain() {
    RoomEvent message = followed.message(ROOM, ALICE);
    events.find(List.of(message.id()));

    followed.redact(ROOM, ALICE, message.id());

    assertThat(events.find(List.of(message.id())).get(message.id()).redaction()).isPresent();
  }

  @Test
  void find_outlier_isReadEachTimeForItMayBecomeLive() {
    RoomEvent invite = followed.world.member(ROOM, ALICE, BOB, "invite");
    followed.store.append(List.of(Append.outlier(invite)));
    events.find(List.of(invite.id()));
    followed.reads();

    events.find(List.of(invite.id()));

    assertThat(followed.reads()).containsExactly("events");
  }

  @Test
  void replacedBy_replacedIsInTheList_isTakenFromThereAndTheRestIsRead() {
    RoomEvent first = followed.topic(ROOM, ALICE, "first");
    RoomEvent second = followed.topic(ROOM, ALICE, "second");
    RoomEvent third = followed.topic(ROOM, ALICE, "third");

    assertThat(events.replacedBy(List.of(followed.stored(third), followed.stored(second))))
        .containsOnlyKeys(first.id(), second.id())
        .containsEntry(first.id(), followed.stored(first));
    assertThat(followed.reads()).containsExactly("events");
  }

  @Test
  void replacedBy_allAreInTheListOrNothingIsReplaced_readsNothing() {
    RoomEvent first = followed.topic(ROOM, ALICE, "first");
    RoomEvent second = followed.topic(ROOM, ALICE, "second");

    assertThat(events.replacedBy(List.of(followed.stored(first), followed.stored(second))))
        .containsOnlyKeys(first.id());
    assertThat(events.replacedBy(List.of(followed.stored(first)))).isEmpty();
    assertThat(followed.reads()).isEmpty();
  }
}
