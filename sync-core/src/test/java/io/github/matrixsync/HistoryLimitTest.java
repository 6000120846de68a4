package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestSettings;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.world.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The number of events in an answer is bounded, whatever limit is asked for; the end token leads to the rest. */
class HistoryLimitTest {
  private static final int MOST = 3;
  private static final int EVENTS = 11;

  private final Host host = new Host();
  private final List<Integer> asked = new ArrayList<>();

  @BeforeEach
  void fill() {
    host.room(ROOM, ALICE);
    for (int i = 3; i < EVENTS; i++) {
      host.message(ROOM, ALICE);
    }
    host.start(host.bare(noting()).reads(ReadSettings.DEFAULT.withHistoryLimit(MOST)));
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Returns the host's event store, which records the limits with which it is read. */
  private EventStore noting() {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> {
          if (Set.of("history", "latest").contains(method.getName())) {
            asked.add((Integer) arguments[arguments.length - 1]);
          }
          try {
            return method.invoke(host.events, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void messages_moreThanTheBound_givesTheBoundAndItsEndLeadsOn(Direction direction) {
    List<String> walked = new ArrayList<>();
    PaginationToken from = null;
    for (MessagePage page = page(from, direction); !page.chunk().isEmpty(); ) {
      assertThat(page.chunk()).hasSizeLessThanOrEqualTo(MOST);
      page.chunk().forEach(event -> walked.add(event.json().toString()));
      page = page(page.end(), direction);
    }

    assertThat(walked).hasSize(EVENTS).doesNotHaveDuplicates();
    assertThat(asked).isNotEmpty().allMatch(limit -> limit == MOST);
  }

  private MessagePage page(@Nullable PaginationToken from, Direction direction) {
    MessagesOptions options = MessagesOptions.backward(Integer.MAX_VALUE).withFrom(from);
    return host.engine().messages(ALICE, ROOM, options.withDirection(direction));
  }

  @Test
  void messages_withoutLimit_givesTheBoundAndWithZeroNothing() {
    assertThat(host.engine().messages(ALICE, ROOM, MessagesOptions.DEFAULT).chunk())
        .hasSize(MOST);
    assertThat(host.engine().messages(ALICE, ROOM, MessagesOptions.backward(0)).chunk())
        .isEmpty();
  }

  @Test
  void messagesAsync_moreThanTheBound_givesTheBound() {
    assertThat(host.engine()
            .messagesAsync(ALICE, ROOM, MessagesOptions.backward(MOST + 1))
            .join()
            .chunk())
        .hasSize(MOST);
  }

  @Test
  void snapshots_moreThanTheBound_giveTheBoundAndTheirStartLeadsOn() {
    List<MessagePage> snapshots = List.of(
        host.engine()
            .initialSync(ALICE, Integer.MAX_VALUE)
            .rooms()
            .get(0)
            .messages()
            .orElseThrow(),
        host.engine()
            .initialSyncAsync(ALICE, MOST + 1, SnapshotOptions.DEFAULT)
            .join()
            .rooms()
            .get(0)
            .messages()
            .orElseThrow(),
        host.engine().roomInitialSync(ALICE, ROOM, 4_000).room().messages().orElseThrow(),
        host.engine()
            .roomInitialSyncAsync(ALICE, ROOM, MOST + 1, EventForm.V1)
            .join()
            .room()
            .messages()
            .orElseThrow());

    assertThat(snapshots).allSatisfy(messages -> {
      assertThat(messages.chunk()).hasSize(MOST);
      assertThat(walkBack(messages)).hasSize(EVENTS).doesNotHaveDuplicates();
    });
    assertThat(asked).isNotEmpty().allMatch(limit -> limit == MOST);
  }

  private List<String> walkBack(MessagePage newest) {
    List<String> walked = new ArrayList<>(json(newest.chunk()));
    for (MessagePage page = page(newest.start(), Direction.BACKWARD);
        !page.chunk().isEmpty(); ) {
      walked.addAll(json(page.chunk()));
      page = page(page.end(), Direction.BACKWARD);
    }
    return walked;
  }

  private static List<String> json(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow().toString()).toList();
  }

  /** The edge may allow a larger limit than the engine. */
  @Test
  void edge_moreThanTheBound_givesTheBound() throws IOException {
    RestEdge edge = RestEdge.of(
        host.engine(),
        RestSettings.DEFAULT.withMessageLimits(10, 100_000).withSnapshotLimits(10, 100_000));
    for (String path : List.of("/rooms/!r:h/messages", "/rooms/!r:h/initialSync", "/initialSync")) {
      assertThat(timesIn(get(edge, path), "m.text")).as(path).isEqualTo(MOST);
    }
  }

  private static String get(RestEdge edge, String path) throws IOException {
    Map<String, List<String>> query = Map.of("limit", List.of("99999999999999999999"));
    var answer = edge.get(new RestRequest(path, query, ALICE)).orElseThrow().join();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    answer.writeTo(body);
    return body.toString(StandardCharsets.UTF_8);
  }

  private static int timesIn(String text, String part) {
    return Collections.frequency(List.of(text.split("\"")), part);
  }
}
