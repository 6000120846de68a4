package io.github.matrixsync.testkit;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.testkit.internal.server.Contents;
import io.github.matrixsync.testkit.internal.server.EventText;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One entry of the stream that a user is expected to see. Its factories are meant to be imported statically. Immutable.
 *
 * @since 0.1.0
 */
public final class Expected {
  private final String text;
  private final Predicate<ClientEvent> test;

  private Expected(String text, Predicate<ClientEvent> test) {
    this.text = text;
    this.test = test;
  }

  /** Expects a text message of a user. */
  public static Expected said(TestUser user, String body) {
    return message(user, "m.text", body, "said");
  }

  /** Expects a notice of a user. */
  public static Expected noticed(TestUser user, String body) {
    return message(user, "m.notice", body, "noticed");
  }

  private static Expected message(TestUser user, String kind, String body, String verb) {
    return of(
        verb + "(" + user.name() + ", " + Contents.quote(body) + ")",
        event -> event.type().equals("m.room.message")
            && isBy(user, event)
            && !has(relation(event), "rel_type", "m.replace")
            && has(EventText.content(event), "msgtype", kind)
            && has(EventText.content(event), "body", body));
  }

  /** Expects an event of this type that a user sent. */
  public static Expected sent(TestUser user, String type) {
    return of(
        "sent(" + user.name() + ", " + type + ")",
        event -> event.type().equals(type) && isBy(user, event));
  }

  /** Expects the event with this id. */
  public static Expected event(EventId id) {
    return of("event(" + id + ")", event -> event.id().filter(id::equals).isPresent());
  }

  /** Expects a state event with this type and state key. */
  public static Expected state(String type, String stateKey) {
    return of(
        "state(" + type + ", " + Contents.quote(stateKey) + ")",
        event -> event.type().equals(type)
            && EventText.stateKey(event).filter(stateKey::equals).isPresent());
  }

  /** Expects that a user joined, or changed their profile. */
  public static Expected joined(TestUser user) {
    return member("joined", user, "join", event -> true);
  }

  /** Expects that a user left. */
  public static Expected left(TestUser user) {
    return member("left", user, "leave", event -> isBy(user, event));
  }

  /** Expects that somebody kicked a user, withdrew an invite or ended a ban. */
  public static Expected removed(TestUser user) {
    return member("removed", user, "leave", event -> !isBy(user, event));
  }

  /** Expects that a user was invited. */
  public static Expected invited(TestUser user) {
    return member("invited", user, "invite", event -> true);
  }

  /** Expects that a user was banned. */
  public static Expected banned(TestUser user) {
    return member("banned", user, "ban", event -> true);
  }

  private static Expected member(
      String verb, TestUser user, String membership, Predicate<ClientEvent> more) {
    return of(
        verb + "(" + user.name() + ")",
        event -> event.type().equals("m.room.member")
            && EventText.stateKey(event).filter(user.id().value()::equals).isPresent()
            && has(EventText.content(event), "membership", membership)
            && more.test(event));
  }

  /** Expects the redaction of an event. */
  public static Expected redacted(EventId target) {
    return of(
        "redacted(" + target + ")",
        event -> event.type().equals("m.room.redaction")
            && has(EventText.content(event), "redacts", target.value()));
  }

  /** Expects the edit of a message. */
  public static Expected edited(EventId message, String body) {
    return of(
        "edited(" + message + ", " + Contents.quote(body) + ")",
        event -> relates(event, "m.replace", message)
            && has(EventText.content(event).path("m.new_content"), "body", body));
  }

  /** Expects a reply to a message. */
  public static Expected replied(TestUser user, EventId to, String body) {
    return of(
        "replied(" + user.name() + ", " + to + ", " + Contents.quote(body) + ")",
        event -> isBy(user, event)
            && has(EventText.content(event), "body", body)
            && has(relation(event).path("m.in_reply_to"), "event_id", to.value()));
  }

  /** Expects a user's reaction to an event. */
  public static Expected reacted(TestUser user, EventId to, String key) {
    return of(
        "reacted(" + user.name() + ", " + to + ", " + Contents.quote(key) + ")",
        event -> isBy(user, event)
            && relates(event, "m.annotation", to)
            && has(relation(event), "key", key));
  }

  /** Expects that exactly these users are typing; without users, that nobody is typing any more. */
  public static Expected typing(TestUser... users) {
    Set<String> ids = Arrays.stream(users)
        .map(user -> user.id().value())
        .collect(Collectors.toCollection(TreeSet::new));
    String names = Arrays.stream(users).map(TestUser::name).collect(Collectors.joining(", "));
    return of(
        "typing(" + names + ")",
        event ->
            event.type().equals("m.typing") && new TreeSet<>(EventText.typing(event)).equals(ids));
  }

  /** Expects a read receipt of a user for an event. */
  public static Expected read(TestUser user, EventId event) {
    return of("read(" + user.name() + ", " + event + ")", entry -> {
      JsonNode readers = EventText.content(entry).path(event.value()).path("m.read");
      return entry.type().equals("m.receipt")
          && readers.propertyNames().contains(user.id().value());
    });
  }

  /** Expects the presence of a user. */
  public static Expected shown(TestUser user, PresenceState state) {
    return of(
        "shown(" + user.name() + ", " + state + ")",
        event -> event.type().equals("m.presence")
            && has(EventText.content(event), "user_id", user.id().value())
            && has(EventText.content(event), "presence", state.value()));
  }

  /** Expects account data of this type, of the user about whom the assertion is made. */
  public static Expected kept(String type) {
    return of(
        "kept(" + type + ")", event -> event.type().equals(type) && event.id().isEmpty());
  }

  /**
   * Expects an entry for which a predicate holds.
   *
   * @param text what is expected, for failure messages
   */
  public static Expected of(String text, Predicate<ClientEvent> test) {
    return new Expected(text, test);
  }

  /** Returns whether an entry is as expected. */
  public boolean matches(ClientEvent event) {
    return test.test(event);
  }

  /** Returns what is expected, in words. */
  @Override
  public String toString() {
    return text;
  }

  static List<String> texts(Expected... expected) {
    return Arrays.stream(expected).map(Expected::toString).toList();
  }

  private static boolean isBy(TestUser user, ClientEvent event) {
    return event.sender().filter(user.id()::equals).isPresent();
  }

  private static JsonNode relation(ClientEvent event) {
    return EventText.content(event).path("m.relates_to");
  }

  private static boolean relates(ClientEvent event, String type, EventId to) {
    return has(relation(event), "rel_type", type) && has(relation(event), "event_id", to.value());
  }

  private static boolean has(JsonNode object, String name, String value) {
    return object.path(name).isString() && object.path(name).asString().equals(value);
  }
}
