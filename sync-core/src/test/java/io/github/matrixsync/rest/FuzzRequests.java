package io.github.matrixsync.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes random requests, most of whose parts are right and some wrong. Confined to one thread. */
final class FuzzRequests {
  private static final String[] PIECES = {
    "/events",
    "/initialSync",
    "/rooms/",
    "/messages",
    "/",
    "!r:h",
    "$e0:h",
    "%24",
    "%2F",
    "%",
    "%zz",
    "%FF",
    "s5_2_1",
    "t4-3_0_0",
    "s",
    "t",
    "_",
    "-",
    "+",
    "0",
    "7",
    "9999999999",
    "99999999999999999999",
    "END",
    "START",
    "true",
    "false",
    "f",
    "b",
    " ",
    "\"",
    "\\",
    "\n",
    "\u0000",
    "\u00e9",
    "\u0665",
    "\ud83d\ude00",
    "\ud800",
    "\udc00"
  };
  private static final String[] NAMES = {
    "from",
    "to",
    "timeout",
    "limit",
    "dir",
    "archived",
    "room_id",
    "at",
    "membership",
    "not_membership",
    "format",
    "filter",
    "raw",
    "",
    "\u00e9"
  };
  private static final ServiceNamespaces SERVICE = ServiceNamespaces.of(
      List.of(Pattern.compile("@b.*")), List.of(), List.of(Pattern.compile("#r")));

  private static final String FILTER = """
      {"limit":3,"types":["m.*","m.room.message"],"not_types":["*x"],"senders":["@alice:h"],"rooms":["!r:h"],\
      "contains_url":false,"lazy_load_members":true}""";
  private static final String[] SYNC_FLAGS = {
    "full_state", "use_state_after", "org.matrix.msc4222.use_state_after"
  };
  private static final String[] MEMBERSHIPS = {"join", "leave", "invite", "ban", "knock", "JOIN"};

  private static final Pattern PLACES =
      Pattern.compile("\"(?:start|end|next_batch)\":\"([^\"]*)\"");
  private static final int SHOWN = 99;
  private static final int MOST = 64;

  /** The tokens of the latest answers. */
  private final List<String> tokens = new ArrayList<>(List.of("END"));

  private final FuzzHost host;
  private final Random random;

  FuzzRequests(FuzzHost host, Random random) {
    this.host = host;
    this.random = random;
  }

  /** Records the start and end tokens of an answer. */
  void remember(byte[] body) {
    int head = Math.min(body.length, SHOWN);
    remember(new String(body, 0, head, UTF_8));
    remember(new String(body, body.length - head, head, UTF_8));
  }

  private void remember(String part) {
    Matcher places = PLACES.matcher(part);
    while (places.find()) {
      if (tokens.size() == MOST) {
        tokens.set(random.nextInt(MOST), places.group(1));
      } else {
        tokens.add(places.group(1));
      }
    }
  }

  RestRequest next() {
    String path = path();
    RestRequest request = new RestRequest(
        path,
        query(path),
        FuzzHost.USERS.get(random.nextInt(FuzzHost.USERS.size())),
        random.nextInt(4) > 0 && FuzzAnswers.at(path, EventForm.V1).isPresent()
            ? EventForm.V1
            : EventForm.R0);
    return random.nextInt(16) == 0 ? request.withService(SERVICE) : request;
  }

  private String path() {
    return switch (random.nextInt(40)) {
      case 0 -> text(random.nextInt(5));
      case 1 -> "/rooms/" + text(random.nextInt(4)) + (random.nextBoolean() ? "/messages" : "");
      case 2, 3 -> "/initialSync";
      case 4, 5, 6, 7 -> "/events/" + segment(oneOf(host.events));
      case 8, 9 -> "/rooms/" + segment(room()) + "/initialSync";
      case 10, 11, 12, 13 -> "/rooms/" + segment(room()) + "/messages";
      case 14 -> "/rooms/" + segment(room()) + "/context/" + segment(oneOf(host.events));
      case 15 -> "/rooms/" + segment(room()) + "/event/" + segment(oneOf(host.events));
      case 16 -> "/rooms/" + segment(room()) + "/state";
      case 17 ->
        "/rooms/" + segment(room()) + "/state/" + segment("m.room.topic")
            + (random.nextBoolean() ? "" : "/" + encoded(text(random.nextInt(2))));
      case 18, 19 -> "/rooms/" + segment(room()) + "/members";
      case 20 -> "/rooms/" + segment(room()) + "/joined_members";
      case 21 -> "/joined_rooms";
      case 22 -> "/user/" + segment("@alice:h") + "/filter/" + encoded(text(random.nextInt(3)));
      case 23 -> "/user/" + segment("@alice:h") + "/filter";
      case 24, 25, 26, 27, 28, 29, 30, 31 -> "/sync";
      default -> "/events";
    };
  }

  /** Returns a filter, most often with a change or two. */
  RawJson filter() {
    String filter = random.nextBoolean() ? FILTER : "{\"room\":{\"timeline\":" + FILTER + "}}";
    for (int i = random.nextInt(3); i > 0; i--) {
      filter = changed(filter);
    }
    return RawJson.of(filter);
  }

  private String room() {
    RoomId often = FuzzHost.ROOMS.get(random.nextInt(2));
    return (random.nextInt(3) > 0 ? often : oneOf(FuzzHost.ROOMS)).value();
  }

  private Map<String, List<String>> query(String path) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (path.equals("/events") && random.nextInt(3) > 0) {
      add(query, "from", token());
    }
    if (random.nextInt(3) > 0) {
      add(query, "timeout", right() ? Integer.toString(random.nextInt(2_000)) : wrong());
    }
    if (random.nextInt(2) == 0) {
      add(query, "limit", right() ? Integer.toString(random.nextInt(20)) : wrong());
    }
    if (random.nextInt(6) == 0) {
      add(query, "room_id", right() ? room() : wrong());
    }
    if (path.endsWith("/messages") && random.nextInt(4) > 0) {
      add(query, "dir", right() ? (random.nextBoolean() ? "f" : "b") : wrong());
      add(query, "from", token());
    }
    if (path.endsWith("/messages") || path.contains("/context/")) {
      if (random.nextInt(3) == 0) {
        add(query, "filter", right() ? FILTER : filter().toString());
      }
    }
    if (path.equals("/sync")) {
      addSync(query);
    }
    if (path.endsWith("/members") && random.nextInt(2) == 0) {
      add(query, "at", token());
      add(query, "membership", MEMBERSHIPS[random.nextInt(MEMBERSHIPS.length)]);
    }
    if (random.nextInt(8) == 0) {
      add(query, NAMES[random.nextInt(NAMES.length)], random.nextBoolean() ? token() : wrong());
    }
    return query;
  }

  private void addSync(Map<String, List<String>> query) {
    if (random.nextInt(3) > 0) {
      add(query, "since", token());
    }
    if (random.nextInt(4) == 0) {
      String filter = "{\"room\":{\"timeline\":" + FILTER + ",\"state\":" + FILTER + "}}";
      add(query, "filter", right() ? filter : filter().toString());
    }
    if (random.nextInt(4) == 0) {
      String name = SYNC_FLAGS[random.nextInt(SYNC_FLAGS.length)];
      add(query, name, right() ? Boolean.toString(random.nextBoolean()) : wrong());
    }
    if (random.nextInt(8) == 0) {
      add(query, "set_presence", right() ? "offline" : wrong());
    }
  }

  /** Returns a token of an answer, such a token with a change, a random token, or text that is not a token. */
  private String token() {
    String known = oneOf(tokens);
    return switch (random.nextInt(16)) {
      case 0 -> wrong();
      case 1 -> changed(known);
      case 2 ->
        "s" + random.nextInt(40) + "_" + random.nextInt(4) + "_0" + "_0".repeat(random.nextInt(4));
      case 3 -> "t" + random.nextInt(9) + "-" + (random.nextInt(20) - 5) + "_0_0";
      default -> known;
    };
  }

  private String changed(String token) {
    int at = random.nextInt(token.length() + 1);
    return token.substring(0, at)
        + text(1)
        + token.substring(Math.min(token.length(), at + random.nextInt(3)));
  }

  private boolean right() {
    return random.nextInt(12) > 0;
  }

  private String wrong() {
    return text(random.nextInt(4));
  }

  /** Returns {@code id} as a segment of a path, completely or partly percent-encoded, rarely with a change. */
  private String segment(String id) {
    String named = random.nextInt(16) == 0 ? changed(id) : id;
    return random.nextBoolean() ? encoded(named) : named.replace("%", "%25").replace("/", "%2F");
  }

  /** Returns {@code text} as a segment of a path. */
  static String encoded(String text) {
    StringBuilder segment = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      segment
          .append('%')
          .append(Character.forDigit(b >> 4 & 15, 16))
          .append(Character.forDigit(b & 15, 16));
    }
    return segment.toString();
  }

  private String text(int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static void add(Map<String, List<String>> query, String name, String value) {
    query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }
}
