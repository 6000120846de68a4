package io.github.matrixsync.homeserver.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A room in which @top has level 100, @mid 50, and all others 0. */
class RulesTest {
  private static final EventId ANY = EventId.parse("$e:h");

  /**
   * Changes of membership by sender, previous membership and join rule, as in the specification's authorization rules.
   */
  // More than five parameters: one for each column of the table.
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      public | @new | none   | @new | join   | yes
      invite | @new | none   | @new | join   | no
      public | @new | ban    | @new | join   | no
      invite | @new | invite | @new | join   | yes
      invite | @new | join   | @new | join   | yes
      invite | @new | leave  | @new | join   | no
      public | @new | leave  | @new | join   | yes
      public | @top | none   | @new | join   | no
      invite | @low | none   | @new | invite | yes
      invite | @low | leave  | @new | invite | yes
      invite | @low | invite | @new | invite | yes
      invite | @low | join   | @new | invite | no
      invite | @top | ban    | @new | invite | no
      public | @out | none   | @new | invite | no
      public | @new | join   | @new | leave  | yes
      public | @new | invite | @new | leave  | yes
      public | @new | none   | @new | leave  | no
      public | @new | leave  | @new | leave  | no
      public | @new | ban    | @new | leave  | no
      public | @mid | join   | @new | leave  | yes
      public | @mid | invite | @new | leave  | yes
      public | @mid | ban    | @new | leave  | yes
      public | @mid | leave  | @new | leave  | no
      public | @low | join   | @new | leave  | no
      public | @mid | join   | @top | leave  | no
      public | @mid | join   | @mi2 | leave  | no
      public | @mid | join   | @new | ban    | yes
      public | @mid | none   | @new | ban    | yes
      public | @low | join   | @new | ban    | no
      public | @mid | join   | @top | ban    | no
      public | @out | join   | @new | ban    | no
      public | @new | join   | @new | knock  | no
      """)
  void membership_eachChange_isAllowedOrNot(
      String rule, String sender, String before, String subject, String after, String allowed) {
    RoomState state = room(rule);
    if (!before.equals("none")) {
      apply(state, member(subject, before));
    }
    assertThat(mayDo(state, sender, member(subject, after))).isEqualTo(allowed.equals("yes"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      @low | m.room.message            | no  | yes
      @out | m.room.message            | no  | no
      @low | m.room.topic              | yes | no
      @mid | m.room.topic              | yes | yes
      @mid | m.room.history_visibility | yes | no
      @top | m.room.history_visibility | yes | yes
      @top | m.room.create             | yes | no
      @low | raised                    | no  | no
      @mid | raised                    | no  | yes
      @low | lowered                   | yes | yes
      """)
  void send_eachType_needsItsLevel(String sender, String type, String state, String allowed) {
    Content content = Content.EMPTY;
    Draft draft =
        state.equals("yes") ? Draft.state(type, "", content) : Draft.message(type, content);
    assertThat(mayDo(room("public"), sender, draft)).isEqualTo(allowed.equals("yes"));
  }

  /** Changes of the power levels, each as a member of the content. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      @top | users      | @low | 100 | yes
      @top | users      | @low | 101 | no
      @top | users      | @top | 0   | yes
      @top | users      | @mid | 0   | yes
      @top | users      | @to2 | 0   | no
      @top | events     | a    | 100 | yes
      @top | events     | a    | 101 | no
      @top | ""         | ban  | 100 | yes
      @top | ""         | ban  | 101 | no
      @mid | ""         | ban  | 0   | no
      """)
  void powerLevels_eachChange_staysWithinTheSendersOwn(
      String sender, String where, String key, int level, String allowed) {
    RoomState state = room("public");
    ObjectNode levels = (ObjectNode) state.content(PowerLevels.TYPE, "").deepCopy();
    ObjectNode target = where.isEmpty() ? levels : levels.withObject(where);
    target.put(where.equals("users") ? key + ":h" : key, level);
    Draft draft = Draft.state(PowerLevels.TYPE, "", Content.of(levels));
    assertThat(mayDo(state, sender, draft)).isEqualTo(allowed.equals("yes"));
  }

  @ParameterizedTest
  @CsvSource({"@low,@low,yes", "@low,@mid,no", "@mid,@low,yes", "@out,@out,no"})
  void redact_ownAndOthers_byLevel(String sender, String author, String allowed) {
    Draft draft = Draft.redaction(ANY, Content.EMPTY);
    Rules rules = new Rules(room("public"));
    assertThat(isAllowed(() -> rules.requireMayRedact(user(sender), user(author), draft)))
        .isEqualTo(allowed.equals("yes"));
  }

  private static boolean mayDo(RoomState state, String sender, Draft draft) {
    return isAllowed(() -> new Rules(state).require(user(sender), draft));
  }

  private static boolean isAllowed(Runnable check) {
    try {
      check.run();
      return true;
    } catch (ApiError e) {
      assertThat(e.status()).isIn(400, 403);
      return false;
    }
  }

  private static RoomState room(String joinRule) {
    RoomState state = new RoomState(RoomId.parse("!r:h"));
    apply(state, state("m.room.create", Json.object().put("creator", "@top:h")));
    for (String user : new String[] {"@top", "@to2", "@mid", "@mi2", "@low"}) {
      apply(state, member(user, "join"));
    }
    ObjectNode levels = PowerLevels.initial(java.util.List.of("@top:h", "@to2:h"));
    levels.withObject("users").put("@mid:h", 50).put("@mi2:h", 50);
    levels.withObject("events").put("raised", 50).put("lowered", 0);
    apply(state, state(PowerLevels.TYPE, levels));
    apply(state, state("m.room.join_rules", Json.object().put("join_rule", joinRule)));
    return state;
  }

  private static void apply(RoomState state, Draft draft) {
    state.apply(user("@top"), draft, ANY);
  }

  private static Draft state(String type, ObjectNode content) {
    return Draft.state(type, "", Content.of(content));
  }

  private static Draft member(String user, String membership) {
    return Draft.member(user(user), Content.of(Json.object().put("membership", membership)));
  }

  private static UserId user(String name) {
    return UserId.parse(name + ":h");
  }
}
