package io.github.matrixsync.rest;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.rest.Answer.Insert;
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
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the body of {@code GET /sync}. The four maps of rooms, presence and account data are there even if they are
 * empty, and so are state, timeline, ephemeral entries and account data of every joined room, because some clients read
 * them without a check. What an engine has no store for is left out; nothing is {@code null}. Pure.
 *
 * <p>Source: {@code GET /sync} of the Client-Server API v1.16.
 */
final class SyncBodies {
  private static final int EXPECTED = 1024;

  private final JsonWriter<Insert> body = new JsonWriter<>(EXPECTED);
  private final StateMode stateMode;

  private SyncBodies(StateMode stateMode) {
    this.stateMode = stateMode;
  }

  static Answer of(SyncResponse response) {
    SyncBodies writer = new SyncBodies(response.stateMode());
    writer.write(response);
    return new Answer(200, writer.body);
  }

  private void write(SyncResponse response) {
    body.open();
    body.key("next_batch").text(response.nextBatch().toString());
    addRooms(response.rooms());
    addEvents("presence", response.presence());
    addEvents("account_data", response.accountData());
    response.toDevice().ifPresent(messages -> addEvents("to_device", messages));
    response.deviceLists().ifPresent(this::addDeviceLists);
    response.keyCounts().ifPresent(this::addKeyCounts);
    body.close();
  }

  private void addRooms(SyncRooms rooms) {
    body.key("rooms").open();
    body.key("join").open();
    rooms.join().forEach(this::addJoined);
    body.close();
    addStripped("invite", "invite_state", rooms.invite());
    addStripped("knock", "knock_state", rooms.knock());
    body.key("leave").open();
    rooms.leave().forEach(this::addLeft);
    body.close().close();
  }

  private void addJoined(RoomId id, JoinedRoom room) {
    body.key(id.value()).open();
    room.summary().ifPresent(this::addSummary);
    addEvents(stateMode.key(), room.state());
    addTimeline(room.timeline());
    addEvents("ephemeral", room.ephemeral());
    addEvents("account_data", room.accountData());
    room.unread().ifPresent(this::addUnread);
    body.close();
  }

  private void addLeft(RoomId id, LeftRoom room) {
    body.key(id.value()).open();
    addEvents(stateMode.key(), room.state());
    addTimeline(room.timeline());
    addEvents("account_data", room.accountData());
    body.close();
  }

  private void addStripped(String section, String key, SortedMap<RoomId, List<ClientEvent>> rooms) {
    body.key(section).open();
    rooms.forEach((id, state) -> {
      body.key(id.value()).open();
      addEvents(key, state);
      body.close();
    });
    body.close();
  }

  private void addSummary(RoomSummary summary) {
    body.key("summary").open();
    summary.heroes().ifPresent(heroes -> addUsers("m.heroes", heroes));
    body.key("m.joined_member_count").number(summary.joinedMembers());
    body.key("m.invited_member_count").number(summary.invitedMembers());
    body.close();
  }

  private void addTimeline(Timeline timeline) {
    body.key("timeline").open();
    Bodies.writeList(timeline.events(), body.key("events"));
    body.key("limited").flag(timeline.limited());
    timeline.previousBatch().ifPresent(token -> body.key("prev_batch").text(token.toString()));
    body.close();
  }

  private void addUnread(UnreadCounts unread) {
    addCount("unread_notifications", unread.main());
    if (!unread.threads().isEmpty()) {
      body.key("unread_thread_notifications").open();
      new TreeMap<>(unread.threads()).forEach((root, count) -> addCount(root.value(), count));
      body.close();
    }
  }

  private void addCount(String key, UnreadCounts.Count count) {
    body.key(key).open();
    body.key("highlight_count").number(count.highlights());
    body.key("notification_count").number(count.notifications());
    body.close();
  }

  private void addDeviceLists(DeviceLists lists) {
    body.key("device_lists").open();
    addUsers("changed", lists.changed());
    addUsers("left", lists.left());
    body.close();
  }

  private void addKeyCounts(KeyCounts counts) {
    body.key("device_one_time_keys_count").open();
    new TreeMap<>(counts.oneTimeKeys())
        .forEach((algorithm, count) -> body.key(algorithm).number(count));
    body.close();
    body.key("device_unused_fallback_key_types").openList();
    new TreeSet<>(counts.unusedFallbackKeys()).forEach(body::text);
    body.closeList();
  }

  private void addUsers(String key, Collection<UserId> users) {
    body.key(key).openList();
    users.forEach(user -> body.text(user.value()));
    body.closeList();
  }

  private void addEvents(String key, List<ClientEvent> events) {
    body.key(key).open();
    Bodies.writeList(events, body.key("events"));
    body.close();
  }
}
