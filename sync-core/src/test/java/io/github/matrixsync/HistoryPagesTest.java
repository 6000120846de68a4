package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The range of pages of a room's history, for every pair of tokens of both kinds. */
class HistoryPagesTest {
  private final Host host = new Host();
  private final List<EventId> hidden = new ArrayList<>();
  private final List<StoredEvent> all = new ArrayList<>();
  private final List<StoredEvent> visible = new ArrayList<>();
  private final List<PaginationToken> tokens = new ArrayList<>();

  /**
   * Appends a history in which the reader was away for a while, with events of lower depth than earlier ones, backfill,
   * and events of another room.
   */
  @BeforeEach
  void history() {
    host.world.create(ROOM, ALICE, "joined");
    host.join(ROOM, BOB);
    message(4, true);
    message(3, true);
    host.message(World.room("other"), ALICE);
    host.leave(ROOM, BOB);
    message(7, false);
    message(2, false);
    host.join(ROOM, BOB);
    host.message(World.room("other"), ALICE);
    message(6, true);
    host.message(ROOM, ALICE);
    for (long depth : new long[] {1, 2}) {
      RoomEvent old = event(depth);
      host.events.append(
          List.of(Append.backfill(old, Optional.of(HistoryVisibility.WORLD_READABLE))));
    }
    List<EventId> ids = IntStream.rangeClosed(1, 16)
        .mapToObj(i -> EventId.parse("$e" + i + ":h"))
        .toList();
    host.events.events(ids).values().stream()
        .filter(event -> event.event().room().equals(ROOM))
        .sorted(Comparator.comparing(StoredEvent::point))
        .forEach(all::add);
    all.stream().filter(event -> !hidden.contains(event.event().id())).forEach(visible::add);
    for (long position = 0; position <= host.events.watermark(); position++) {
      tokens.add(StreamToken.of(position, 0, 0, 0, 0));
    }
    StreamToken rest = StreamToken.of(0, 0, 0, 0, 0);
    for (StoredEvent event : visible) {
      tokens.add(new HistoryToken(event.point(), rest));
      tokens.add(HistoryToken.before(event.point(), rest));
    }
  }

  @AfterEach
  void close() {
    host.close();
  }

  private RoomEvent event(long depth) {
    return host.world.event(ROOM, ALICE, "m.room.message", "\"depth\":" + depth + ",", "{}");
  }

  private void message(long depth, boolean isVisible) {
    RoomEvent event = event(depth);
    host.world.append(event);
    if (!isVisible) {
      hidden.add(event.id());
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void messages_everyPairOfTokens_givesWhatStandsBetween(Direction direction) {
    List<PaginationToken> ends = new ArrayList<>(tokens);
    ends.add(null);
    int pages = 0;
    for (PaginationToken from : ends) {
      for (PaginationToken to : ends) {
        List<String> expected = between(from, to, direction);
        for (int limit : new int[] {1, 2, 100}) {
          assertThat(ids(page(from, to, direction, limit).chunk()))
              .as("%s from %s to %s, at most %s", direction, from, to, limit)
              .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
          pages++;
        }
      }
    }
    assertThat(pages).isGreaterThan(3_000);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void messages_inPagesUpToAToken_endThere(Direction direction) {
    for (PaginationToken to : tokens) {
      for (int limit = 1; limit <= 2; limit++) {
        List<String> walked = new ArrayList<>();
        MessagePage page = page(null, to, direction, limit);
        while (!page.chunk().isEmpty()) {
          walked.addAll(ids(page.chunk()));
          page = page(page.end(), to, direction, limit);
        }
        assertThat(page.start()).isEqualTo(page.end());
        assertThat(walked)
            .as("%s to %s, %s at a time", direction, to, limit)
            .isEqualTo(between(null, to, direction));
      }
    }
  }

  @Test
  void messages_startOfASnapshot_goesOnWhereItBegan() {
    MessagePage shown =
        host.engine().initialSync(BOB, 3).rooms().get(0).messages().orElseThrow();

    List<String> walked = new ArrayList<>(ids(shown.chunk()));
    Collections.reverse(walked);
    walked.addAll(ids(page(shown.start(), null, Direction.BACKWARD, 100).chunk()));
    assertThat(walked).isEqualTo(between(null, null, Direction.BACKWARD));
    assertThat(ids(page(shown.start(), shown.end(), Direction.FORWARD, 100).chunk()))
        .isEqualTo(ids(shown.chunk()));
    assertThat(page(shown.end(), null, Direction.FORWARD, 100).chunk()).isEmpty();
  }

  /** The snapshot is one for a peeking user, who may read more than up to their own leave. */
  @Test
  void messages_startOfAPeekByOneWhoIsInvitedAgain_losesNothing() {
    RoomId open = World.room("open");
    host.world.create(open, ALICE, "world_readable");
    host.join(open, BOB);
    host.leave(open, BOB);
    host.message(open, ALICE);
    host.world.append(host.world.member(open, ALICE, BOB, "invite"));
    host.message(open, ALICE);
    MessagePage all =
        host.engine().roomInitialSync(BOB, open, 100).room().messages().orElseThrow();
    MessagePage newest =
        host.engine().roomInitialSync(BOB, open, 1).room().messages().orElseThrow();

    List<String> walked = new ArrayList<>(ids(newest.chunk()));
    MessagePage rest =
        host.engine().messages(BOB, open, MessagesOptions.backward(100).withFrom(newest.start()));
    walked.addAll(ids(rest.chunk()));

    Collections.reverse(walked);
    assertThat(walked).isEqualTo(ids(all.chunk())).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s1_0_0_0", "s1_0_0_0_0", "t1-1_0_0_0", "t1-1_0_0_0_0"})
  void messages_morePartsThanThereAreStreams_isRefused(String text) {
    SyncEngine bare = host.start(host.bare());
    PaginationToken token = PaginationToken.parse(text);

    assertThatThrownBy(
            () -> bare.messages(BOB, ROOM, MessagesOptions.backward(1).withFrom(token)))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessageContaining(text);
    assertThatThrownBy(
            () -> bare.messages(BOB, ROOM, MessagesOptions.backward(1).withTo(token)))
        .isInstanceOf(InvalidTokenException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s1_0_0", "t2-2_0_0"})
  void messages_fewerPartsThanThereAreStreams_missingAreZero(String text) {
    MessagePage page = page(PaginationToken.parse(text), null, Direction.FORWARD, 1);

    assertThat(page.start()).hasToString(text + "_0_0");
  }

  @Test
  void messages_tokenBeyondTheEnd_isAhead() {
    StreamToken ahead = StreamToken.of(host.events.watermark() + 1, 0, 0);

    for (Direction direction : Direction.values()) {
      assertThatThrownBy(() -> page(ahead, null, direction, 1))
          .isInstanceOf(TokenAheadException.class);
      assertThatThrownBy(() -> page(null, ahead, direction, 1))
          .isInstanceOf(TokenAheadException.class);
    }
  }

  private MessagePage page(
      @Nullable PaginationToken from,
      @Nullable PaginationToken to,
      Direction direction,
      int limit) {
    MessagesOptions options = MessagesOptions.DEFAULT
        .withFrom(from)
        .withTo(to)
        .withDirection(direction)
        .withLimit(limit);
    return host.engine().messages(BOB, ROOM, options);
  }

  /** Returns the events between two tokens, in the order of the direction; null: no bound. */
  private List<String> between(
      @Nullable PaginationToken from, @Nullable PaginationToken to, Direction direction) {
    boolean forward = direction == Direction.FORWARD;
    List<String> found = new ArrayList<>();
    for (StoredEvent event : visible) {
      boolean starts = from == null || isAfter(event, from) == forward;
      boolean stops = to == null || isAfter(event, to) != forward;
      if (starts && stops) {
        found.add(event.event().id().value());
      }
    }
    if (!forward) {
      Collections.reverse(found);
    }
    return found;
  }

  /**
   * Returns whether an event comes after a token. A stream token comes after every live event of the room up to its
   * position, and, if there is none, after the backfill.
   */
  private boolean isAfter(StoredEvent event, PaginationToken token) {
    if (token instanceof HistoryToken place) {
      return event.point().compareTo(place.point()) > 0;
    }
    long position = ((StreamToken) token).room();
    boolean isEarly = all.stream().noneMatch(other -> isLiveUpTo(other, position));
    return all.stream()
        .filter(other -> isEarly ? other.position() < 0 : isLiveUpTo(other, position))
        .allMatch(other -> event.point().compareTo(other.point()) > 0);
  }

  private static boolean isLiveUpTo(StoredEvent event, long position) {
    return event.position() > 0 && event.position() <= position;
  }

  private static List<String> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow().value()).toList();
  }
}
