package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests put together at random from what requests are made of. The seed is the test's parameter.
 */
class RestEdgeFuzzTest {
  private static final int REQUESTS = 5_000;

  private static final String[] PIECES = {
    "/events",
    "/initialSync",
    "/rooms/",
    "/messages",
    "/",
    "!r:h",
    "$e:h",
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
    "from", "to", "timeout", "limit", "dir", "archived", "room_id", "raw", "", "\u00e9"
  };
  private static final String[] PATHS = {
    "/events", "/initialSync", "/events/$e:h", "/rooms/!r:h/initialSync", "/rooms/!r:h/messages"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_150_918})
  void get_randomQueryOnEveryEndpoint_isAnsweredAsDocumented(long seed) {
    Random random = new Random(seed);
    TestEdge edge = new TestEdge();
    for (int i = 0; i < REQUESTS; i++) {
      assertAnswered(edge, PATHS[random.nextInt(PATHS.length)], query(random));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_150_918})
  void get_randomPath_isAnsweredAsDocumentedOrNotOurs(long seed) {
    Random random = new Random(seed);
    TestEdge edge = new TestEdge();
    for (int i = 0; i < REQUESTS; i++) {
      String path = path(random);
      if (edge.knows(path)) {
        assertAnswered(edge, path, Map.of());
      }
    }
  }

  private static void assertAnswered(TestEdge edge, String path, Map<String, List<String>> query) {
    CompletableFuture<RestResponse> answer = edge.begin(path, query);

    assertThat(answer).isCompleted();
    Reply reply = Reply.of(answer.join());
    assertThat(reply.status()).as("%s?%s", path, query).isIn(200, 400, 404);
    if (reply.status() == 400) {
      assertThat(reply.errcode()).isIn("M_UNKNOWN", "M_INVALID_PARAM");
    }
  }

  private static Map<String, List<String>> query(Random random) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      query
          .computeIfAbsent(NAMES[random.nextInt(NAMES.length)], name -> new ArrayList<>())
          .add(text(random, 1 + random.nextInt(3)));
    }
    return query;
  }

  private static String path(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "/events/" + text(random, random.nextInt(4));
      case 1 -> "/rooms/" + text(random, random.nextInt(4)) + "/messages";
      case 2 -> "/rooms/" + text(random, random.nextInt(4)) + "/initialSync";
      default -> text(random, random.nextInt(4));
    };
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
