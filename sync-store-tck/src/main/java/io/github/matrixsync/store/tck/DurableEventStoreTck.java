package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.backfill;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.outliers;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.redactedBy;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of an event store that still has its events after it was closed and opened again: the rules hold for the
 * new instance too.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class DurableEventStoreTck<S extends AppendableEventStore>
    extends EventStoreBase<S> {
  /** For subclasses. */
  protected DurableEventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  /** Returns a store on the data of one that was just closed, as after a restart. */
  protected abstract S reopen(S closed);

  @Override
  public final AppendableEventStore tested() {
    return recorded(AppendableEventStore.class);
  }

  @Override
  public final List<Long> fill(List<RoomEvent> events) {
    return tested().append(events.stream().map(Append::live).toList());
  }

  @Test
  void p1_append_reopened_positionsGoOn() throws Exception {
    long live = fill(message("a"), message("b")).get(1);
    long old = tested().append(backfill(message("c"))).get(0);
    restart();

    assertThat(fill(message("d")).get(0)).isGreaterThan(live);
    assertThat(tested().append(backfill(message("e"))).get(0)).isLessThan(old);
  }

  @Test
  void p2_log_reopened_isTheSame() throws Exception {
    fill(topic("a"), member("b", BOB, Membership.JOIN));
    tested().append(outliers(member("c", BOB, Membership.LEAVE)));
    long end = fill(redaction("d", "a")).get(0);
    List<StoredEvent> before = log(tested(), Interest.everything(), start(), end);
    restart();

    assertThat(before).hasSize(4);
    assertThat(log(tested(), Interest.everything(), start(), end)).isEqualTo(before);
  }

  @Test
  void w1_watermark_reopened_hasNotFallen() throws Exception {
    fill(message("a"));
    long before = tested().watermark();
    restart();

    assertThat(tested().watermark()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void a2_append_reopened_depthsGoOn() throws Exception {
    fill(message("a", 7));
    restart();
    fill(message("b"));

    assertThat(event(tested(), "b").depth()).isEqualTo(8);
  }

  @Test
  void a3_append_reopened_knownEventsAreKnown() throws Exception {
    long live = fill(message("a")).get(0);
    long old = tested().append(backfill(message("b"))).get(0);
    restart();

    assertThat(fill(message("a"), message("b"))).containsExactly(live, old);
  }

  @Test
  void a4_append_outlierAndReopened_becomesLiveAndItsSubjectKnows() throws Exception {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    long known = tested().append(outliers(invite)).get(0);
    restart();

    assertThat(fill(invite).get(0)).isGreaterThan(known);
    assertThat(event(tested(), "a").subjectKnows()).isTrue();
  }

  @Test
  void a5_append_reopened_saysWhatItReplaces() throws Exception {
    fill(topic("a"));
    restart();
    fill(topic("b"));

    assertThat(event(tested(), "b").replaces()).contains(Events.id("a"));
  }

  @Test
  void k2_backfilledTo_reopened_isWhereItWas() throws Exception {
    long old = tested().append(backfill(message("a"))).get(0);
    restart();

    assertThat(tested().backfilledTo()).isLessThanOrEqualTo(old);
    assertThat(names(history(tested(), 0, Direction.FORWARD))).containsExactly("a");
  }

  @Test
  void s1_state_reopened_isExactAtEveryPosition() throws Exception {
    List<Long> at = fill(topic("a"), message("b"), topic("c"));
    restart();

    assertThat(names(state(tested(), ROOM, at.get(1)))).containsExactly("a");
    assertThat(names(state(tested(), ROOM, at.get(2)))).containsExactly("c");
  }

  @Test
  void s2_memberships_reopened_areExactAtEveryPosition() throws Exception {
    List<Long> at = fill(member("a", BOB, Membership.JOIN), member("b", BOB, Membership.LEAVE));
    restart();

    assertThat(StoreReads.joined(tested(), ROOM, at.get(0))).containsExactly(BOB);
    assertThat(StoreReads.joined(tested(), ROOM, at.get(1))).isEmpty();
    assertThat(StoreReads.timelines(tested(), BOB, ROOM, at.get(1)).members()).hasSize(2);
  }

  @Test
  void d1_events_reopened_redactionsCount() throws Exception {
    fill(message("a"), redaction("r", "a"), redaction("s", "b"));
    restart();
    fill(message("b"));

    assertThat(redactedBy(event(tested(), "a"))).contains("r");
    assertThat(redactedBy(event(tested(), "b"))).contains("s");
  }

  private void restart() throws Exception {
    S closed = store();
    close(closed);
    use(reopen(closed));
  }
}
