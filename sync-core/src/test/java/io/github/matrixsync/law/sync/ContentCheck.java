package io.github.matrixsync.law.sync;

import io.github.matrixsync.domain.event.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what the events of an answer show: nothing that was redacted or that the user may not see. Stateless. */
final class ContentCheck {
  private ContentCheck() {}

  static List<String> check(SyncLog log, SyncOracle oracle, SyncAnswer answer) {
    List<String> problems = new ArrayList<>();
    long now = SyncAnswer.position(answer.next());
    answer.rooms().forEach((room, told) -> {
      if (told.section() == Section.JOIN || told.section() == Section.LEAVE) {
        told.timeline().forEach(event -> check(event, room, now, log, oracle, problems));
        told.state().forEach(event -> check(event, room, now, log, oracle, problems));
        told.timeline().forEach(event -> checkMembership(event, log, oracle, problems));
      }
    });
    return problems;
  }

  // More than five parameters: the two sides of the comparison.
  private static void check(
      SyncAnswer.Event shown,
      String room,
      long now,
      SyncLog log,
      SyncOracle oracle,
      List<String> problems) {
    LoggedEvent event = log.get(shown.id());
    if (!event.room().equals(room) || shown.json().containsKey("room_id")) {
      problems.add("L8 " + shown.id() + " in " + room + " is " + shown.json());
    }
    checkRedaction(event.id(), shown.content(), now, log, problems);
    Object previous = shown.unsigned().get("prev_content");
    if (previous != null) {
      Map<String, @Nullable Object> content = JsonTree.asObject(previous);
      if (content.get(SyncEvents.NOTE) instanceof String id) {
        checkRedaction(id, content, now, log, problems);
        if (!oracle.sees(log.get(id), now)) {
          problems.add("L8 " + event.id() + " shows what it replaced, " + log.get(id));
        }
      }
    }
  }

  private static void checkRedaction(
      String id,
      Map<String, @Nullable Object> content,
      long now,
      SyncLog log,
      List<String> problems) {
    boolean isShown = content.containsKey(SyncEvents.NOTE);
    if (log.isPurged(log.get(id))) {
      return; // the window may still have it, and has it as it was
    }
    if (isShown ? log.isRedacted(id, now) : !log.isRedacted(id, Long.MAX_VALUE)) {
      problems.add("L8 " + id + (isShown ? " is not redacted" : " is redacted"));
    }
  }

  /** Checks the user's membership at an event, as the event tells it. */
  private static void checkMembership(
      SyncAnswer.Event shown, SyncLog log, SyncOracle oracle, List<String> problems) {
    LoggedEvent event = log.get(shown.id());
    String membership = event.position() < 0
        ? "none"
        : log.membership(oracle.user(), event.room(), event.position());
    Object got = shown.unsigned().get("membership");
    String expected = membership.equals("none") ? "leave" : membership;
    if (!expected.equals(got)) {
      problems.add("Y69 " + shown.id() + " has membership " + got + ", expected " + expected);
    }
  }
}
