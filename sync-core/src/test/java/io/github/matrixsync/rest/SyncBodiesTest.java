package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.sync.DeviceLists;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.RoomSummary;
import io.github.matrixsync.sync.StateMode;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.sync.SyncRooms;
import io.github.matrixsync.sync.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bodies of {@code /sync}, byte for byte. */
class SyncBodiesTest {
  private static final StreamToken NEXT = StreamToken.of(5, 2, 1);
  private static final RoomId ROOM = RoomId.parse("!r:h");
  private static final Timeline NO_TIMELINE =
      new Timeline(List.of(), false, Optional.of(StreamToken.of(4, 2, 1)));
  private static final JoinedRoom QUIET = new JoinedRoom(
      List.of(), NO_TIMELINE, Optional.empty(), List.of(), List.of(), Optional.empty());
  private static final LeftRoom LEFT =
      new LeftRoom(List.of(), new Timeline(List.of(event(1)), true, Optional.empty()), List.of());

  /** An entry that is written and never copied. */
  private record Entry(String text) implements ClientEvent {
    @Override
    public String type() {
      return "m.test";
    }

    @Override
    public Optional<EventId> id() {
      return Optional.empty();
    }

    @Override
    public Optional<RoomId> room() {
      return Optional.empty();
    }

    @Override
    public Optional<UserId> sender() {
      return Optional.empty();
    }

    @Override
    public RawJson content() {
      throw new AssertionError("the content was copied");
    }

    @Override
    public RawJson json() {
      throw new AssertionError("the entry was copied");
    }

    @Override
    public long length() {
      return bytes().length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes());
    }

    private byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Test
  void of_nothingNew_hasRoomsPresenceAndAccountData() {
    assertThat(body(response(SyncRooms.NONE))).isEqualTo("""
        {"next_batch":"s5_2_1",\
        "rooms":{"join":{},"invite":{},"knock":{},"leave":{}},\
        "presence":{"events":[]},\
        "account_data":{"events":[]}}""");
  }

  @Test
  void of_quietJoinedRoom_hasItsFourLists() {
    assertThat(body(response(joined(QUIET)))).contains("""
        "join":{"!r:h":{\
        "state":{"events":[]},\
        "timeline":{"events":[],"limited":false,"prev_batch":"s4_2_1"},\
        "ephemeral":{"events":[]},\
        "account_data":{"events":[]}}},""");
  }

  @Test
  void of_joinedRoom_hasAllOfIt() {
    JoinedRoom room = new JoinedRoom(
        List.of(event(1), event(2)),
        new Timeline(List.of(event(3)), true, Optional.of(StreamToken.of(4, 2, 1))),
        Optional.of(new RoomSummary(
            Optional.of(List.of(UserId.parse("@b:h"), UserId.parse("@a:h"))), 3, 1)),
        List.of(event(4)),
        List.of(event(5)),
        Optional.of(new UnreadCounts(
            new UnreadCounts.Count(7, 2),
            Map.of(
                EventId.parse("$b"), new UnreadCounts.Count(1, 0),
                EventId.parse("$a"), new UnreadCounts.Count(4, 4)))));

    assertThat(body(response(joined(room)))).contains("""
        "join":{"!r:h":{\
        "summary":{"m.heroes":["@b:h","@a:h"],"m.joined_member_count":3,"m.invited_member_count":1},\
        "state":{"events":[{"n":1},{"n":2}]},\
        "timeline":{"events":[{"n":3}],"limited":true,"prev_batch":"s4_2_1"},\
        "ephemeral":{"events":[{"n":4}]},\
        "account_data":{"events":[{"n":5}]},\
        "unread_notifications":{"highlight_count":2,"notification_count":7},\
        "unread_thread_notifications":{\
        "$a":{"highlight_count":4,"notification_count":4},\
        "$b":{"highlight_count":0,"notification_count":1}}}},""");
  }

  @Test
  void of_summaryOfANamedRoom_hasTheCountsAlone() {
    JoinedRoom room = new JoinedRoom(
        List.of(),
        NO_TIMELINE,
        Optional.of(new RoomSummary(Optional.empty(), 3, 0)),
        List.of(),
        List.of(),
        Optional.of(UnreadCounts.NONE));

    assertThat(body(response(joined(room))))
        .contains("\"summary\":{\"m.joined_member_count\":3,\"m.invited_member_count\":0},")
        .contains("\"unread_notifications\":{\"highlight_count\":0,\"notification_count\":0}}")
        .doesNotContain("unread_thread_notifications");
  }

  @Test
  void of_otherSections_haveTheirShapes() {
    SyncRooms rooms = new SyncRooms(
        Map.of(), Map.of(ROOM, List.of(event(1))), Map.of(ROOM, List.of()), Map.of(ROOM, LEFT));

    assertThat(body(response(rooms))).contains("""
        "rooms":{"join":{},\
        "invite":{"!r:h":{"invite_state":{"events":[{"n":1}]}}},\
        "knock":{"!r:h":{"knock_state":{"events":[]}}},\
        "leave":{"!r:h":{\
        "state":{"events":[]},\
        "timeline":{"events":[{"n":1}],"limited":true},\
        "account_data":{"events":[]}}}},""");
  }

  @ParameterizedTest
  @EnumSource(StateMode.class)
  void of_everyStateMode_hasStateUnderItsKeyAlone(StateMode mode) {
    SyncRooms rooms = new SyncRooms(Map.of(ROOM, QUIET), Map.of(), Map.of(), Map.of(ROOM, LEFT));
    String body = body(new SyncResponse(
        NEXT,
        mode,
        rooms,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty()));

    for (StateMode each : StateMode.values()) {
      assertThat(body.split("\"" + each.key() + "\":", -1)).hasSize(each == mode ? 3 : 1);
    }
  }

  @Test
  void of_severalRooms_areSortedById() {
    SyncRooms rooms = new SyncRooms(
        Map.of(
            RoomId.parse("!b:h"), QUIET, RoomId.parse("!a:h"), QUIET, RoomId.parse("!c:h"), QUIET),
        Map.of(),
        Map.of(),
        Map.of());

    assertThat(body(response(rooms))).containsSubsequence("\"!a:h\"", "\"!b:h\"", "\"!c:h\"");
  }

  @Test
  void of_idsWithQuotesAndOtherScripts_areEscapedText() {
    RoomId odd = RoomId.parse("!\"ж\\:h");
    SyncRooms rooms = new SyncRooms(Map.of(odd, QUIET), Map.of(), Map.of(), Map.of());

    assertThat(body(response(rooms))).contains("\"join\":{\"!\\\"ж\\\\:h\":{");
  }

  @Test
  void of_deviceWithStores_hasItsPartsSorted() {
    SyncResponse response = new SyncResponse(
        NEXT,
        StateMode.BEFORE,
        SyncRooms.NONE,
        List.of(event(1)),
        List.of(event(2)),
        Optional.of(List.of(event(3))),
        Optional.of(new DeviceLists(
            List.of(UserId.parse("@b:h"), UserId.parse("@a:h")), List.of(UserId.parse("@c:h")))),
        Optional.of(new KeyCounts(Map.of("z", 2, "curve25519", 4), Set.of("z", "b", "c"))));

    assertThat(body(response)).endsWith("""
        "presence":{"events":[{"n":1}]},\
        "account_data":{"events":[{"n":2}]},\
        "to_device":{"events":[{"n":3}]},\
        "device_lists":{"changed":["@a:h","@b:h"],"left":["@c:h"]},\
        "device_one_time_keys_count":{"curve25519":4,"signed_curve25519":0,"z":2},\
        "device_unused_fallback_key_types":["b","c","z"]}""");
  }

  @Test
  void of_deviceWithoutAnything_hasEmptyParts() {
    SyncResponse response = new SyncResponse(
        NEXT,
        StateMode.BEFORE,
        SyncRooms.NONE,
        List.of(),
        List.of(),
        Optional.of(List.of()),
        Optional.of(DeviceLists.NONE),
        Optional.of(KeyCounts.NONE));

    assertThat(body(response)).endsWith("""
        "to_device":{"events":[]},\
        "device_lists":{"changed":[],"left":[]},\
        "device_one_time_keys_count":{"signed_curve25519":0},\
        "device_unused_fallback_key_types":[]}""");
  }

  private static ClientEvent event(int number) {
    return new Entry("{\"n\":" + number + "}");
  }

  private static SyncRooms joined(JoinedRoom room) {
    return new SyncRooms(Map.of(ROOM, room), Map.of(), Map.of(), Map.of());
  }

  private static SyncResponse response(SyncRooms rooms) {
    return new SyncResponse(
        NEXT,
        StateMode.BEFORE,
        rooms,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the body, checked to be JSON of the length that the answer has. */
  private static String body(SyncResponse response) {
    Answer answer = SyncBodies.of(response);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      answer.writeTo(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.length()).isEqualTo(out.size());
    assertThat(JsonTree.object(out.toByteArray())).isNotEmpty();
    return out.toString(StandardCharsets.UTF_8);
  }
}
