package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a room's history by the rules of v3: filters, positions as bounds, the last page, members. */
class FilteredPagesTest {
  private static final MessagesOptions ALL =
      MessagesOptions.DEFAULT.withFilter(RoomEventFilter.ALL).withLimit(100);

  private final Host host = new Host();
  private final Map<EventId, Long> positions = new HashMap<>();
  private final Map<EventId, Long> depths = new HashMap<>();

  @AfterEach
  void close() {
    host.close();
  }

  private EventId append(RoomEvent event) {
    positions.put(event.id(), host.world.append(event));
    return event.id();
  }

  private EventId message(long depth) {
    RoomEvent event =
        host.world.event(ROOM, ALICE, "m.room.message", "\"depth\":" + depth + ",", "{}");
    depths.put(event.id(), depth);
    return append(event);
  }

  private EventId say(UserId user, String content) {
    return append(host.world.event(ROOM, user, "m.room.message", "", content));
  }

  private MessagePage page(MessagesOptions options) {
    return host.engine().messages(BOB, ROOM, options);
  }

  private static StreamToken at(long position) {
    return StreamToken.of(position, 0, 0, 0, 0);
  }

  private static List<EventId> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  private static RoomEventFilter filter(String json) {
    return RoomEventFilter.parse(json);
  }

  /** Late events have low depths, a member was away for a while, and there is backfill. */
  private List<EventId> historyWithLateEvents() {
    host.world.create(ROOM, ALICE, "joined");
    host.join(ROOM, BOB);
    List<EventId> visible = new ArrayList<>();
    visible.add(message(20));
    visible.add(message(3));
    visible.add(message(30));
    host.leave(ROOM, BOB);
    message(40);
    message(2);
    host.join(ROOM, BOB);
    visible.add(message(1));
    visible.add(message(50));
    RoomEvent old = host.world.event(ROOM, BOB, "m.room.message", "\"depth\":25,", "{}");
    host.events.append(
        List.of(Append.backfill(old, Optional.of(HistoryVisibility.WORLD_READABLE))));
    return visible;
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void messages_betweenTwoStreamTokens_areExactlyThoseWithPositionsBetween(Direction direction) {
    List<EventId> visible = historyWithLateEvents();
    MessagesOptions messages =
        ALL.withFilter(filter("{\"types\":[\"m.room.message\"]}")).withDirection(direction);
    boolean forward = direction == Direction.FORWARD;
    long end = host.events.watermark();
    for (long after = 0; after <= end; after++) {
      for (long upTo = 0; upTo <= end; upTo++) {
        long low = after;
        long high = upTo;
        Comparator<EventId> order = Comparator.comparing(depths::get);
        List<EventId> expected = visible.stream()
            .filter(id -> positions.get(id) > low && positions.get(id) <= high)
            .sorted(forward ? order : order.reversed())
            .toList();

        MessagePage page =
            page(messages.withFrom(at(forward ? after : upTo)).withTo(at(forward ? upTo : after)));

        assertThat(ids(page.chunk())).as("(%d, %d]", after, upTo).isEqualTo(expected);
        assertThat(page.isLast()).isTrue();
        assertThat(page.start()).isEqualTo(at(forward ? after : upTo));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void messages_walkedInPagesBetweenTwoStreamTokens_missNone(Direction direction) {
    List<EventId> visible = historyWithLateEvents();
    long after = positions.get(visible.get(0));
    long upTo = positions.get(visible.get(4));
    boolean forward = direction == Direction.FORWARD;
    for (int limit = 1; limit <= 4; limit++) {
      List<EventId> found = new ArrayList<>();
      PaginationToken from = at(forward ? after : upTo);
      MessagePage page;
      do {
        page = page(ALL.withFrom(from)
            .withTo(at(forward ? upTo : after))
            .withDirection(direction)
            .withLimit(limit));
        found.addAll(ids(page.chunk()));
        from = page.end();
      } while (!page.isLast());

      assertThat(found).containsAll(visible.subList(1, 5));
    }
  }

  /** The viewer's own events are visible although they lie outside of what the viewer may read. */
  @Test
  void messages_ownEventBeforeTheLowerBound_isLeftOut() {
    historyWithLateEvents();
    MessagePage page = page(ALL.withTo(at(host.events.watermark())));

    assertThat(page.chunk()).isEmpty();
    assertThat(page.isLast()).isTrue();
  }

  @Test
  void messages_withFilter_fillThePageWithWhatItIncludes() {
    host.room(ROOM, ALICE, BOB);
    List<EventId> wanted = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      say(ALICE, "{}");
      if (i % 50 == 0) {
        wanted.add(say(BOB, "{}"));
      }
    }
    MessagesOptions options = ALL.withFilter(
            filter("{\"senders\":[\"@b:h\"],\"types\":[\"m.room.message\"]}"))
        .withLimit(3);

    MessagePage first = page(options);
    MessagePage second = page(options.withFrom(first.end()));

    assertThat(ids(first.chunk())).containsExactly(wanted.get(4), wanted.get(3), wanted.get(2));
    assertThat(first.isLast()).isFalse();
    assertThat(ids(second.chunk())).containsExactly(wanted.get(1), wanted.get(0));
    assertThat(second.isLast()).isTrue();
    assertThat(first.state()).isEmpty();
  }

  /** Whether more follows is known exactly, also if the page is full. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void messages_fullPage_isTheLastIffNothingFollows(int limit) {
    host.room(ROOM, ALICE, BOB);
    say(ALICE, "{}");
    say(ALICE, "{}");
    MessagesOptions messages =
        ALL.withFilter(filter("{\"types\":[\"m.room.message\"]}")).withLimit(limit);

    MessagePage page = page(messages);

    assertThat(page.chunk()).hasSize(Math.min(limit, 2));
    assertThat(page.isLast()).isEqualTo(limit >= 2);
    assertThat(page(ALL.withLimit(6)).isLast()).isTrue();
    assertThat(page(ALL.withLimit(5)).isLast()).isFalse();
    if (limit == 0) {
      assertThat(page.end()).isEqualTo(page.start());
    }
  }

  @Test
  void messages_nothingFoundInTenThousand_endThereAndGoOn() {
    host.room(ROOM, ALICE, BOB);
    EventId wanted = say(BOB, "{}");
    List<Append> others = new ArrayList<>();
    for (int i = 0; i < 10_050; i++) {
      others.add(Append.live(host.world.message(ROOM, ALICE)));
    }
    host.events.append(others);
    MessagesOptions options = ALL.withFilter(
            filter("{\"senders\":[\"@b:h\"],\"types\":[\"m.room.message\"]}"))
        .withLimit(10);

    MessagePage first = page(options);
    MessagePage second = page(options.withFrom(first.end()));

    assertThat(first.chunk()).isEmpty();
    assertThat(first.isLast()).isFalse();
    assertThat(ids(second.chunk())).containsExactly(wanted);
    assertThat(second.isLast()).isTrue();
  }

  @Test
  void messages_lazyLoading_haveTheSendersMembersAsOfTheNewestEvent() {
    host.room(ROOM, ALICE, BOB, CAROL);
    say(ALICE, "{}");
    EventId renamed = append(host.world.event(
        ROOM,
        ALICE,
        "m.room.member",
        "\"state_key\":\"@a:h\",",
        "{\"membership\":\"join\",\"displayname\":\"A\"}"));
    EventId middle = say(ALICE, "{}");
    append(host.world.event(
        ROOM,
        ALICE,
        "m.room.member",
        "\"state_key\":\"@a:h\",",
        "{\"membership\":\"join\",\"displayname\":\"B\"}"));
    say(CAROL, "{}");
    MessagesOptions lazy =
        ALL.withFilter(filter("{\"lazy_load_members\":true,\"types\":[\"m.room.message\"]}"));
    StreamToken from = at(positions.get(middle));

    for (MessagesOptions options :
        List.of(lazy.withFrom(from), lazy.withDirection(Direction.FORWARD).withTo(from))) {
      MessagePage page = page(options);

      assertThat(page.chunk()).hasSize(2);
      assertThat(ids(page.state())).containsExactly(renamed);
      assertThat(page.state().get(0).json().toString()).doesNotContain("prev_content");
    }
    assertThat(page(lazy.withLimit(1)).state())
        .extracting(ClientEvent::sender)
        .containsExactly(Optional.of(CAROL));
    assertThat(page(lazy.withLimit(0)).state()).isEmpty();
  }

  @Test
  void messages_lazyLoadingOfBackfill_haveMembersOfTheEnd() {
    host.room(ROOM, ALICE, BOB);
    RoomEvent old = host.world.event(ROOM, ALICE, "m.room.message", "\"depth\":0,", "{}");
    host.events.append(List.of(Append.backfill(old, Optional.of(HistoryVisibility.SHARED))));

    MessagePage page =
        page(ALL.withFilter(filter("{\"lazy_load_members\":true,\"types\":[\"m.room.message\"]}"))
            .withDirection(Direction.FORWARD));

    assertThat(ids(page.chunk())).containsExactly(old.id());
    assertThat(page.state()).extracting(ClientEvent::sender).containsExactly(Optional.of(ALICE));
  }

  @Test
  void messages_containsUrl_leavesOutARedactedOne() {
    host.room(ROOM, ALICE, BOB);
    EventId picture = say(ALICE, "{\"url\":\"mxc://h/1\"}");
    EventId redacted = say(ALICE, "{\"url\":\"mxc://h/2\"}");
    append(host.world.redaction(ROOM, ALICE, redacted));

    assertThat(ids(page(ALL.withFilter(filter("{\"contains_url\":true}"))).chunk()))
        .containsExactly(picture);
    assertThat(ids(page(ALL.withFilter(filter("{\"contains_url\":false}"))).chunk()))
        .contains(redacted)
        .doesNotContain(picture);
  }

  /**
   * A user who may not see the content of an erased sender must not learn from the filter either whether it had a URL.
   */
  @Test
  void messages_filteredByUrl_eventsOfAnErasedSenderHaveNone() {
    host.room(ROOM, ALICE);
    EventId picture = say(ALICE, "{\"url\":\"mxc://h/1\"}");
    host.join(ROOM, BOB);
    EventId seen = say(ALICE, "{\"url\":\"mxc://h/2\"}");
    MessagesOptions with = ALL.withFilter(filter("{\"contains_url\":true}"));
    assertThat(ids(page(with).chunk())).containsExactly(seen, picture);

    host.settings.erase(ALICE);

    assertThat(ids(page(with).chunk())).containsExactly(seen);
    assertThat(ids(page(ALL.withFilter(filter("{\"contains_url\":false}"))).chunk()))
        .contains(picture);
    assertThat(timeline("true")).containsExactly(seen);
    assertThat(timeline("false")).contains(picture).doesNotContain(seen);
  }

  private List<EventId> timeline(String containsUrl) {
    FilterSpec filter = FilterSpec.parse("{\"room\":{\"timeline\":{\"contains_url\":" + containsUrl
        + "},\"state\":{\"contains_url\":" + containsUrl + "}}}");
    SyncOptions options = SyncOptions.DEFAULT.withFilter(filter);
    SyncResponse answer = host.engine().sync(BOB, null, Duration.ZERO, options).join();
    return ids(answer.rooms().join().get(ROOM).timeline().events());
  }

  @Test
  void messages_ofALeftRoom_endAtTheDeparture() {
    host.room(ROOM, ALICE, BOB);
    EventId before = say(ALICE, "{}");
    EventId leave = host.leave(ROOM, BOB);
    say(ALICE, "{}");
    MessagesOptions forward = ALL.withDirection(Direction.FORWARD);

    for (@Nullable StreamToken to : new StreamToken[] {null, at(host.events.watermark())}) {
      MessagePage page = page(forward.withFrom(at(4)).withTo(to));

      assertThat(ids(page.chunk())).containsExactly(before, leave);
      assertThat(page.isLast()).isTrue();
    }
  }

  @Test
  void messages_ignoredSenders_areNotCounted() {
    host.room(ROOM, ALICE, BOB, CAROL);
    EventId first = say(ALICE, "{}");
    say(CAROL, "{}");
    host.settings.setIgnored(BOB, Set.of(CAROL));
    MessagesOptions options =
        ALL.withFilter(filter("{\"types\":[\"m.room.message\"]}")).withLimit(1);

    assertThat(ids(page(options).chunk())).containsExactly(first);
    assertThat(page(options).isLast()).isTrue();
    assertThat(ids(page(options.withTo(at(3))).chunk())).containsExactly(first);
    assertThat(page(options.withTo(at(3))).isLast()).isTrue();
  }
}
