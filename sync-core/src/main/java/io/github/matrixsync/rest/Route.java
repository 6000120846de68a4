package io.github.matrixsync.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.matrixsync.domain.event.EventForm;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which endpoint a path names. Immutable.
 *
 * @param endpoint the endpoint
 * @param segments the segments that the endpoint leaves open, still percent-encoded; one is empty if there is nothing
 *     between two slashes
 */
record Route(Endpoint endpoint, List<String> segments) {
  /** What the edge answers. */
  enum Endpoint {
    EVENTS("/events"),
    INITIAL_SYNC("/initialSync"),
    EVENT("/events/{eventId}"),
    ROOM_INITIAL_SYNC("/rooms/{roomId}/initialSync"),
    MESSAGES("/rooms/{roomId}/messages"),
    CONTEXT("/rooms/{roomId}/context/{eventId}", Api.R0),
    ROOM_EVENT("/rooms/{roomId}/event/{eventId}", Api.R0),
    STATE("/rooms/{roomId}/state", Api.R0),
    STATE_OF_TYPE("/rooms/{roomId}/state/{eventType}", Api.R0),
    STATE_ENTRY("/rooms/{roomId}/state/{eventType}/{stateKey}", Api.R0),
    MEMBERS("/rooms/{roomId}/members", Api.R0),
    JOINED_MEMBERS("/rooms/{roomId}/joined_members", Api.R0),
    JOINED_ROOMS("/joined_rooms", Api.R0),
    SYNC("/sync", Api.R0),
    FILTER("/user/{userId}/filter/{filterId}", Api.R0),
    NEW_FILTER("/user/{userId}/filter", Api.R0_POST);

    private final String template;
    private final Api api;

    @SuppressWarnings("ImmutableEnumChecker") // never changed, and not visible outside this class
    private final String[] parts;

    Endpoint(String template) {
      this(template, Api.ALL);
    }

    Endpoint(String template, Api api) {
      this.template = template;
      this.api = api;
      this.parts = template.split("/", -1);
    }

    /** Returns whether the endpoint answers GET requests in a form. */
    boolean isGet(EventForm form) {
      return api == Api.ALL || (api == Api.R0 && form.hasUnsigned());
    }

    /** Returns whether the endpoint answers POST requests in a form. */
    boolean isPost(EventForm form) {
      return api == Api.R0_POST && form.hasUnsigned();
    }

    /** Returns method and path with names in place of ids, as the logs show them. */
    String request() {
      return (api == Api.R0_POST ? "POST " : "GET ") + template;
    }

    /** Returns the path with names in place of ids. */
    @Override
    public String toString() {
      return template;
    }

    private Optional<Route> match(String[] path) {
      if (path.length != parts.length) {
        return Optional.empty();
      }
      List<String> open = new ArrayList<>(2);
      for (int i = 0; i < path.length; i++) {
        if (parts[i].startsWith("{")) {
          open.add(path[i]);
        } else if (!parts[i].equals(path[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(new Route(this, open));
    }
  }

  /** Which versions of the API have an endpoint, and with which method. */
  private enum Api {
    ALL,
    R0,
    R0_POST
  }

  private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.values());

  /** Copies the segments. */
  Route {
    segments = List.copyOf(segments);
  }

  /** Returns the first segment that the endpoint leaves open, decoded. */
  String first() {
    return decoded(segments.get(0));
  }

  /** Returns the second segment that the endpoint leaves open, decoded. */
  String second() {
    return decoded(segments.get(1));
  }

  /** Returns the third segment that the endpoint leaves open, decoded; empty if it leaves only two open. */
  String third() {
    return segments.size() > 2 ? decoded(segments.get(2)) : "";
  }

  /**
   * Returns the route of {@code path}, whose fixed segments must be spelled as they are; empty if
   * it is none of ours.
   */
  static Optional<Route> of(String path) {
    String[] segments = path.split("/", -1);
    for (Endpoint endpoint : ENDPOINTS) {
      Optional<Route> route = endpoint.match(segments);
      if (route.isPresent()) {
        return route;
      }
    }
    return Optional.empty();
  }

  /**
   * Decodes the percent-encoding of one segment, once. A plus sign is not a blank.
   *
   * @throws BadRequestException if a percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8
   */
  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(segment));
      ByteBuffer decoded = ByteBuffer.allocate(encoded.remaining());
      while (encoded.hasRemaining()) {
        byte next = encoded.get();
        decoded.put(next == '%' ? escaped(encoded) : next);
      }
      return UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new BadRequestException("M_UNKNOWN", "the path must be UTF-8", e);
    }
  }

  private static byte escaped(ByteBuffer encoded) {
    if (encoded.remaining() >= 2) {
      int high = encoded.get();
      int low = encoded.get();
      if (HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)) {
        return (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
      }
    }
    throw new BadRequestException(
        "M_UNKNOWN", "in a path '%' must be followed by two hexadecimal digits", null);
  }
}
