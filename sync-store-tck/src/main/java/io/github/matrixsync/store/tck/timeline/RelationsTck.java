package io.github.matrixsync.store.tck.timeline;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Relations} beside an event store: the rules RL of the package
 * {@code io.github.matrixsync.store.timeline}.
 *
 * @param <S> the event store's type
 * @since 0.1.0
 */
public abstract class RelationsTck<S extends AppendableEventStore> extends StoreTck<S> {
  private static final String REACTION = "m.reaction";

  /** For subclasses. */
  protected RelationsTck() {}

  /** Returns a new, empty event store. Called before every test. */
  @Override
  protected abstract S open();

  /** Returns the relations between the events of {@link #store()}. */
  protected abstract Relations relations();

  private Relations tested() {
    return relations();
  }

  private List<Long> append(RoomEvent... events) {
    return store().append(Arrays.stream(events).map(Append::live).toList());
  }

  @Test
  void rl1_children_ofAnyKind_areNewestFirstByDepthThenPosition() {
    append(
        message("p", 1),
        reaction("a", BOB, "p").depth(5).build(),
        reaction("b", BOB, "p").depth(3).build(),
        reaction("c", CAROL, "p").depth(5).build(),
        related("d", BOB, REACTION, Relation.REFERENCE, "p").depth(9).build());

    assertThat(names("p", Relation.ANNOTATION, 9)).containsExactly("c", "a", "b");
    assertThat(names("p", Relation.ANNOTATION, 2)).containsExactly("c", "a");
    assertThat(names("p", Relation.REFERENCE, 2)).containsExactly("d");
    assertThat(names("p", "m.unheard_of", 2)).isEmpty();
  }

  @Test
  void rl1_children_everyPart_isTheEvents() {
    List<Long> at = append(message("p", 1), edit("e", 77).depth(8).build());

    assertThat(tested().children(List.of(id("p"), id("x")), Relation.REPLACE, 3))
        .isEqualTo(Map.of(
            id("p"),
            List.of(
                new Child(id("e"), ALICE, "m.room.message", 77, new HistoryPoint(8, at.get(1))))));
  }

  @Test
  void rl1_edits_areNewestFirstByTimeThenId() {
    append(
        message("p", 1),
        edit("b", 20).depth(2).build(),
        edit("c", 10).depth(9).build(),
        edit("a", 20).depth(3).build());

    assertThat(names("p", Relation.REPLACE, 9)).containsExactly("b", "a", "c");
    assertThat(names("p", Relation.REPLACE, 1)).containsExactly("b");
  }

  @Test
  void rl1_edits_thatMayNotReplace_takeNobodysPlace() {
    append(
        message("p"),
        edit("good", 1).build(),
        related("other_sender", BOB, "m.room.message", Relation.REPLACE, "p")
            .originServerTs(99)
            .build(),
        related("other_type", ALICE, "m.sticker", Relation.REPLACE, "p")
            .originServerTs(99)
            .build(),
        related("state", ALICE, "m.room.message", Relation.REPLACE, "p")
            .stateKey("")
            .originServerTs(99)
            .build(),
        Events.topic("t"),
        related("of_state", ALICE, Events.TOPIC, Relation.REPLACE, "t").build());

    assertThat(names("p", Relation.REPLACE, 1)).containsExactly("good");
    assertThat(names("p", Relation.REPLACE, 9)).containsExactly("good");
    assertThat(names("t", Relation.REPLACE, 9)).isEmpty();
  }

  @Test
  void rl2_children_afterEveryAppend_areThere() {
    append(message("p"));
    for (int i = 1; i <= 20; i++) {
      append(reaction("r" + i, BOB, "p").build());
      assertThat(names("p", Relation.ANNOTATION, 99)).hasSize(i).contains("r" + i);
    }
  }

  @Test
  void rl2_children_appendedBeforeTheirParent_areThere() {
    append(reaction("r", BOB, "p").build());
    assertThat(names("p", Relation.ANNOTATION, 9)).as("of an unknown parent").isEmpty();

    append(message("p"));

    assertThat(names("p", Relation.ANNOTATION, 9)).containsExactly("r");
  }

  @Test
  void rl2_children_backfilled_areThereAndOutliersAreNot() {
    append(message("p", 5));
    store().append(Events.outliers(reaction("o", BOB, "p").build()));
    store().append(Events.backfill(reaction("b", BOB, "p").depth(2).build()));
    append(reaction("r", BOB, "p").build());

    assertThat(names("p", Relation.ANNOTATION, 9)).containsExactlyInAnyOrder("r", "b");
    append(reaction("o", BOB, "p").build());
    assertThat(names("p", Relation.ANNOTATION, 9)).containsExactlyInAnyOrder("o", "r", "b");
  }

  @Test
  void rl3_children_redacted_areNotGiven() {
    append(
        message("p"), reaction("a", BOB, "p").build(), reaction("b", BOB, "p").build());
    append(reaction("c", BOB, "p").build(), redaction("x", "c"), redaction("y", "later"));
    append(reaction("later", BOB, "p").build());

    assertThat(names("p", Relation.ANNOTATION, 2)).containsExactlyInAnyOrder("b", "a");
  }

  @Test
  void rl3_parent_redacted_makesNoDifference() {
    append(message("p"), inThread("a", BOB, "p").build(), redaction("x", "p"));

    assertThat(names("p", Relation.THREAD, 2)).containsExactly("a");
    assertThat(thread("p", ALICE, Set.of()).count()).isEqualTo(1);
  }

  @Test
  void rl3_threads_redactedChildren_areNotCounted() {
    append(
        message("p"), inThread("a", BOB, "p").build(), inThread("b", CAROL, "p").build());
    append(redaction("x", "b"));

    ThreadSummary thread = thread("p", CAROL, Set.of());
    assertThat(thread.count()).isEqualTo(1);
    assertThat(thread.latest().event()).isEqualTo(id("a"));
    append(redaction("y", "a"));
    assertThat(tested().threads(List.of(id("p")), ALICE, Set.of())).isEmpty();
  }

  @Test
  void rl4_threads_latestAndCount_areOfSendersNotIgnored() {
    append(
        message("p", 1),
        inThread("a", BOB, "p").depth(9).build(),
        inThread("b", CAROL, "p").depth(12).build(),
        inThread("c", BOB, "p").depth(7).build(),
        reaction("r", BOB, "p").depth(20).build());

    assertThat(summary("p", ALICE, Set.of())).isEqualTo("b 3 true");
    assertThat(summary("p", ALICE, Set.of(CAROL))).isEqualTo("a 2 true");
    assertThat(summary("p", ALICE, Set.of(BOB))).isEqualTo("b 1 true");
    assertThat(tested().threads(List.of(id("p")), ALICE, Set.of(BOB, CAROL))).isEmpty();
  }

  @Test
  void rl4_threads_participation_isOfRootOrAnyChild() {
    append(
        messageIn(ROOM, CAROL, "p"),
        inThread("a", BOB, "p").build(),
        inThread("b", CAROL, "p").build(),
        messageIn(ROOM, CAROL, "q"));

    assertThat(summary("p", BOB, Set.of())).isEqualTo("b 2 true");
    assertThat(summary("p", CAROL, Set.of())).isEqualTo("b 2 true");
    assertThat(summary("p", ALICE, Set.of())).isEqualTo("b 2 false");
    assertThat(tested().threads(List.of(id("p"), id("q"), id("x")), BOB, Set.of()))
        .containsOnlyKeys(id("p"));
  }

  @Test
  void rl5_children_ofAnotherRoomsParent_areNone() {
    append(
        message("p"),
        messageIn(OTHER_ROOM, ALICE, "q"),
        relatedIn(OTHER_ROOM, "a", "p"),
        relatedIn(OTHER_ROOM, "b", "q"));

    List<EventId> parents = List.of(id("p"), id("q"));
    assertThat(tested().children(parents, Relation.THREAD, 9)).containsOnlyKeys(id("q"));
    assertThat(tested().threads(parents, ALICE, Set.of())).containsOnlyKeys(id("q"));
  }

  @Test
  void rl5_children_ofParentsInSeveralRooms_areReturnedTogether() {
    append(
        message("p"),
        messageIn(OTHER_ROOM, ALICE, "q"),
        inThread("a", BOB, "p").build(),
        relatedIn(OTHER_ROOM, "b", "q"));

    List<EventId> parents = List.of(id("p"), id("q"));
    assertThat(tested().children(parents, Relation.THREAD, 9)).containsOnlyKeys(parents);
    assertThat(tested().threads(parents, ALICE, Set.of())).containsOnlyKeys(parents);
  }

  private List<String> names(String parent, String relType, int limit) {
    return tested()
        .children(List.of(id(parent)), relType, limit)
        .getOrDefault(id(parent), List.of())
        .stream()
        .map(child -> Events.name(child.event()))
        .toList();
  }

  private ThreadSummary thread(String root, UserId viewer, Set<UserId> ignored) {
    ThreadSummary thread = tested().threads(List.of(id(root)), viewer, ignored).get(id(root));
    assertThat(thread).as("the thread of %s", root).isNotNull();
    return Objects.requireNonNull(thread);
  }

  private String summary(String root, UserId viewer, Set<UserId> ignored) {
    ThreadSummary thread = thread(root, viewer, ignored);
    return Events.name(thread.latest().event()) + " " + thread.count() + " "
        + thread.participated();
  }

  private static RoomEvent.Builder reaction(String name, UserId sender, String parent) {
    return related(name, sender, REACTION, Relation.ANNOTATION, parent);
  }

  private static RoomEvent.Builder edit(String name, long time) {
    return related(name, ALICE, "m.room.message", Relation.REPLACE, "p").originServerTs(time);
  }

  private static RoomEvent.Builder inThread(String name, UserId sender, String root) {
    return related(name, sender, "m.room.message", Relation.THREAD, root);
  }

  private static RoomEvent relatedIn(RoomId room, String name, String parent) {
    return messageIn(room, BOB, name).toBuilder()
        .relation(new Relation(Relation.THREAD, id(parent)))
        .build();
  }

  private static RoomEvent.Builder related(
      String name, UserId sender, String type, String relType, String parent) {
    return Events.event(name, ROOM, sender, type).relation(new Relation(relType, id(parent)));
  }
}
