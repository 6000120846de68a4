package io.github.matrixsync.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.Restart;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of the guide for users of Synapse's v1 endpoints agrees with the edge's answers. */
class SynapseGuideTest {
  private static final Path DOCUMENT = Path.of("docs", "guide", "from-synapse-v1.md");
  private static final Pattern END = Pattern.compile("\"end\":\"([^\"]*)\"");

  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestRoom here = alice.creates("here").history(HistoryVisibility.JOINED);

  @AfterEach
  void close() {
    world.close();
  }

  /** Returns what the table says of this library in the row that begins with these words. */
  private static String here(String begin) {
    return Documents.ofRepository()
        .read(DOCUMENT)
        .lines()
        .filter(line -> line.startsWith("| " + begin))
        .map(line -> line.split("\\|", -1)[3].strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no row for: " + begin));
  }

  private String get(TestUser user, String request) throws Exception {
    String[] parts = request.split("\\?", -1);
    RestResponse response = RestEdge.of(world.engine())
        .get(new RestRequest(
            parts[0],
            RestRequest.decodeQuery(parts.length == 1 ? "" : parts[1]),
            user.id(),
            EventForm.V1))
        .orElseThrow()
        .get(20, TimeUnit.SECONDS);
    return response.status() + " " + new String(response.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String end(String answer) {
    Matcher end = END.matcher(answer);
    assertThat(end.find()).as(answer).isTrue();
    return end.group(1);
  }

  private static int times(String text, EventId event) {
    return text.split(Pattern.quote("\"" + event + "\""), -1).length - 1;
  }

  @Test
  void tokens_thatAreAheadExpiredOrOfAHistory_areRefused() throws Exception {
    String history = end(get(alice, "/rooms/" + here.id() + "/messages?dir=b&limit=1"));

    assertThat(get(alice, "/events?from=s9999_0_0"))
        .startsWith("400 ")
        .startsWith(here("a token ahead").substring(0, 3));
    assertThat(get(alice, "/events?from=" + history))
        .startsWith(here("`from` of a history").substring(0, 3) + " ");
    world.restarts(Restart.FORGETTING);
    assertThat(get(alice, "/events?from=s1_0_0"))
        .startsWith(here("a token of purged history").substring(0, 3) + " ");
  }

  @Test
  void stream_ofAMembershipThatEndedBetweenTwoPolls_hasWhatWasBefore() throws Exception {
    assertThat(here("membership that ended")).contains("nothing is lost");
    here.with(bob);
    String from = end(get(bob, "/initialSync"));

    EventId seen = alice.says(here, "before");
    EventId left = bob.leaves(here);
    EventId after = alice.says(here, "after");

    String batch = get(bob, "/events?timeout=0&from=" + from);
    assertThat(times(batch, seen)).isEqualTo(1);
    assertThat(times(batch, left)).isEqualTo(1);
    assertThat(times(batch, after)).isZero();
  }

  @Test
  void ownEvents_comeOnce() throws Exception {
    assertThat(here("a user's own events")).isEqualTo("come once");
    String from = end(get(bob, "/initialSync"));

    EventId joined = bob.joins(here);
    EventId said = bob.says(here, "hello");

    String batch = get(bob, "/events?timeout=0&from=" + from);
    assertThat(times(batch, joined)).isEqualTo(1);
    assertThat(times(batch, said)).isEqualTo(1);
  }

  @Test
  void leftRooms_areListedUnlessArchivedIsFalse() throws Exception {
    assertThat(here("left rooms")).startsWith("listed, unless `archived=false`");
    here.with(bob);
    bob.leaves(here);

    assertThat(get(bob, "/initialSync")).contains("\"" + here.id() + "\"");
    assertThat(get(bob, "/initialSync?archived=false")).doesNotContain("\"" + here.id() + "\"");
  }

  @Test
  void events_byId_areThoseThatTheUserSaw() throws Exception {
    assertThat(here("a departed user")).isEqualTo("what they could see while they were there");
    EventId before = alice.says(here, "before");
    here.with(bob);
    EventId seen = alice.says(here, "seen");
    bob.leaves(here);

    assertThat(get(bob, "/events/" + seen)).startsWith("200 ");
    assertThat(get(bob, "/events/" + before))
        .startsWith(here("an event that the user may not see").substring(0, 3) + " ")
        .startsWith("404 ");
  }

  @Test
  void limit_ofEvents_endsABatchAtItsLastEvent() throws Exception {
    assertThat(here("`limit` at")).startsWith("a batch ends at its last event");
    String from = end(get(alice, "/initialSync"));
    EventId first = alice.says(here, "one");
    EventId second = alice.says(here, "two");

    String batch = get(alice, "/events?timeout=0&limit=1&from=" + from);

    assertThat(times(batch, first)).isEqualTo(1);
    assertThat(times(batch, second)).isZero();
    String next = get(alice, "/events?timeout=0&limit=1&from=" + end(batch));
    assertThat(times(next, second)).isEqualTo(1);
  }

  @Test
  void aliases_areAsAnyOtherEvent() throws Exception {
    assertThat(here("`m.room.aliases`")).isEqualTo("as any other event");
    String from = end(get(alice, "/initialSync"));

    EventId aliases = alice.sets(here, "m.room.aliases", "test", "{\"aliases\":[\"#here:test\"]}");

    assertThat(times(get(alice, "/events?timeout=0&from=" + from), aliases)).isEqualTo(1);
  }
}
