package io.github.matrixsync.rest;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.domain.filter.InvalidFilterException;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.sync.StateMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters. Each method throws {@link BadRequestException} if its parameter is present and invalid;
 * other parameters are ignored. A parameter that is present twice is invalid, whatever its values; only {@code timeout}
 * takes the first. Confined to one thread.
 */
final class Parameters {
  private static final String END = "END";
  private static final String NO_TIMEOUT = "timeout must be a whole number of milliseconds";
  private static final int SHOWN = 64;

  /** The longest time in milliseconds of 64 bits. */
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final Map<String, List<String>> query;
  private final RestSettings settings;

  Parameters(Map<String, List<String>> query, RestSettings settings) {
    this.query = query;
    this.settings = settings;
  }

  /**
   * Returns the token in {@code from}; null if it is absent, empty or {@code END}, which mean now.
   */
  @Nullable StreamToken streamFrom() {
    return token("from", StreamToken::parse);
  }

  /** Throws if a parameter is not a token of either kind, although the endpoint does not use it. */
  void checkToken(String name) {
    token(name, PaginationToken::parse);
  }

  /**
   * Returns the place in a room's history that the parameter {@code name} names; null if it is
   * absent, empty or {@code END}.
   *
   * @param absentIsEnd whether the absent parameter means the end of the room. If not, it means the
   *     beginning, and {@code END} is refused
   */
  @Nullable PaginationToken historyToken(String name, boolean absentIsEnd) {
    if (!absentIsEnd && END.equals(once(name, settings.errcodes().token()))) {
      throw badToken(name + " must be a token in this direction, got '" + END + "'", null);
    }
    return token(name, PaginationToken::parse);
  }

  /** Returns the token of the last answer of {@code /sync}; null if it is absent or empty. */
  @Nullable StreamToken since() {
    String text = once("since", settings.errcodes().token());
    return text == null || text.isEmpty() ? null : parsed("since", text, StreamToken::parse);
  }

  /** Refuses the parameter of v1's {@code /events}, by which a client means {@code since}. */
  void refuseFrom() {
    if (query.containsKey("from")) {
      throw bad("from is not a parameter of /sync, use since", null);
    }
  }

  /** Returns a parameter that is {@code true} or {@code false}; false if it is absent. */
  boolean flag(String name) {
    String text = other(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw bad(name + " must be 'true' or 'false'" + got(text), null);
  }

  /** Returns as of when state is wanted, and by which spelling; the stable one counts if both are there. */
  StateMode stateMode() {
    boolean unstable = flag("org.matrix.msc4222.use_state_after");
    if (query.containsKey("use_state_after")) {
      return flag("use_state_after") ? StateMode.AFTER : StateMode.BEFORE;
    }
    return unstable ? StateMode.AFTER_UNSTABLE : StateMode.BEFORE;
  }

  /** Returns the presence that the poll sets; empty if it leaves presence alone. */
  Optional<PresenceState> presence() {
    String text = other("set_presence");
    if (text == null) {
      return Optional.of(PresenceState.ONLINE);
    }
    return switch (text) {
      case "online" -> Optional.of(PresenceState.ONLINE);
      case "unavailable" -> Optional.of(PresenceState.UNAVAILABLE);
      case "offline" -> Optional.empty();
      default -> throw bad("set_presence must be online, unavailable or offline" + got(text), null);
    };
  }

  /** Returns the id of a filter, or a filter as JSON; an empty text if the parameter is absent. */
  String filter() {
    String text = other("filter");
    return text == null ? "" : text;
  }

  /** Returns the longest time that {@code /sync} waits; without the parameter it does not. */
  Duration syncTimeout() {
    List<String> values = query.getOrDefault("timeout", List.of());
    if (values.isEmpty()) {
      return Duration.ZERO;
    }
    Duration timeout = duration(values.get(0));
    if (timeout == null) {
      throw bad(NO_TIMEOUT + got(values.get(0)), null);
    }
    return timeout;
  }

  /** Returns the longest time to wait. */
  Duration timeout() {
    List<String> values = query.getOrDefault("timeout", List.of());
    if (values.isEmpty()) {
      return settings.timeouts().absent();
    }
    Duration timeout = duration(values.get(0));
    if (timeout == null) {
      throw badToken(NO_TIMEOUT + got(values.get(0)), null);
    }
    return timeout;
  }

  /** Returns a time in milliseconds, zero if it is negative, and at most the longest one; null if it is none. */
  private @Nullable Duration duration(String text) {
    boolean negative = text.startsWith("-");
    Duration longest = settings.timeouts().most();
    long most = longest.compareTo(LONGEST) < 0 ? longest.toMillis() : LONGEST.toMillis();
    long millis = number(text, negative ? 1 : 0, most);
    if (millis < 0) {
      return null;
    }
    return negative ? Duration.ZERO : Duration.ofMillis(millis);
  }

  /** Returns the most events to return. */
  int limit(RestSettings.Limits limits) {
    String text = other("limit");
    if (text == null) {
      return limits.absent();
    }
    long limit = number(text, 0, limits.most());
    if (limit < 0) {
      throw bad("limit must be digits" + got(text), null);
    }
    return (int) limit;
  }

  /**
   * Returns the direction in which history is read; backward if it is absent, because a client with a snapshot's tokens
   * has the events forward of them already.
   */
  Direction direction() {
    String text = other("dir");
    return text == null ? Direction.BACKWARD : direction(text);
  }

  /** Returns the direction in which history is read, in an API in which it must be given. */
  Direction requiredDirection() {
    String text = other("dir");
    if (text == null) {
      throw bad("dir must be given, 'f' or 'b'", null);
    }
    return direction(text);
  }

  private Direction direction(String text) {
    if (text.equals("b")) {
      return Direction.BACKWARD;
    }
    if (text.equals("f")) {
      return Direction.FORWARD;
    }
    throw bad("dir must be 'f' or 'b'" + got(text), null);
  }

  /** Returns whether to list left rooms. */
  LeftRooms leftRooms() {
    String text = other("archived");
    if (text == null) {
      return settings.leftRooms();
    }
    return switch (text) {
      case "true" -> LeftRooms.LISTED;
      case "false" -> LeftRooms.HIDDEN;
      default -> throw bad("archived must be 'true' or 'false'" + got(text), null);
    };
  }

  /** Returns which events are wanted; all of them if the parameter is absent or empty. */
  RoomEventFilter roomEventFilter() {
    String text = other("filter");
    if (text == null || text.isEmpty()) {
      return RoomEventFilter.ALL;
    }
    try {
      return RoomEventFilter.parse(text);
    } catch (InvalidFilterException e) {
      throw BadRequestException.of(e, settings.errcodes().other());
    }
  }

  /** Returns a membership; null if the parameter is absent. */
  @Nullable Membership membership(String name) {
    String text = other(name);
    if (text == null) {
      return null;
    }
    for (Membership membership : Membership.values()) {
      if (membership.value().equals(text)) {
        return membership;
      }
    }
    throw bad(name + " must be a membership" + got(text), null);
  }

  /** Returns whether the whole event is wanted in place of its content. */
  boolean isWholeEvent() {
    String text = other("format");
    if (text == null || text.equals("content")) {
      return false;
    }
    if (text.equals("event")) {
      return true;
    }
    throw bad("format must be 'content' or 'event'" + got(text), null);
  }

  /** Returns the one room to listen to. */
  Optional<RoomId> roomId() {
    String text = other("room_id");
    return text == null ? Optional.empty() : Optional.of(roomId(text));
  }

  /** Returns the room of this id, which came with the path or the query. */
  RoomId roomId(String text) {
    try {
      return RoomId.parse(text);
    } catch (InvalidIdException e) {
      throw bad(e.getMessage(), e);
    }
  }

  private <T extends PaginationToken> @Nullable T token(String name, Function<String, T> parser) {
    String text = once(name, settings.errcodes().token());
    return text == null || text.isEmpty() || text.equals(END) ? null : parsed(name, text, parser);
  }

  private <T> T parsed(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (InvalidTokenException e) {
      throw badToken(name + ": " + e.getMessage(), e);
    }
  }

  private @Nullable String other(String name) {
    return once(name, settings.errcodes().other());
  }

  private @Nullable String once(String name, String errcode) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new BadRequestException(
          errcode, name + " must be given only once, got " + values.size() + " values", null);
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * Returns the number written in ASCII digits from {@code from} on, at most {@code most}; -1 if
   * there is none.
   */
  private static long number(String text, int from, long most) {
    if (from == text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      boolean fits = value <= (Long.MAX_VALUE - digit) / 10;
      value = fits ? value * 10 + digit : Long.MAX_VALUE;
    }
    return Math.min(value, most);
  }

  private BadRequestException badToken(String message, @Nullable Throwable cause) {
    return new BadRequestException(settings.errcodes().token(), message, cause);
  }

  private BadRequestException bad(@Nullable String message, @Nullable Throwable cause) {
    return new BadRequestException(settings.errcodes().other(), String.valueOf(message), cause);
  }

  private static String got(String text) {
    return ", got '" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
  }
}
