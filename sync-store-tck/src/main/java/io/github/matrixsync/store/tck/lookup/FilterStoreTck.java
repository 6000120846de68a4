package io.github.matrixsync.store.tck.lookup;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.ANY_TEXTS;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.tck.StoreTck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link FilterStore}: the rules FS of the package {@code io.github.matrixsync.store}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class FilterStoreTck<S extends FilterStore> extends StoreTck<S> {
  private static final int MANY = 40;

  /** For subclasses. */
  protected FilterStoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  private FilterStore tested() {
    return recorded(FilterStore.class);
  }

  @Test
  void fs1_get_bytes_areAsGiven() {
    RawJson odd =
        RawJson.of(" {\"b\":1.50,\"a\":\"\\u0000 \uD83D\uDE00 ü\",\"b\":1e2,  \"c\":[]}\r\n");
    RawJson large = RawJson.of("{\"a\":\"" + "x".repeat(60_000) + "\"}");
    String oddId = tested().put(ALICE, odd);
    String largeId = tested().put(ALICE, large);

    assertThat(bytes(ALICE, oddId)).isEqualTo(odd.toByteArray());
    assertThat(bytes(ALICE, largeId)).isEqualTo(large.toByteArray());
  }

  @Test
  void fs1_put_blanksDiffer_bothAreKept() {
    String narrow = tested().put(ALICE, RawJson.of("{\"a\":1}"));
    String wide = tested().put(ALICE, RawJson.of("{\"a\": 1}"));

    assertThat(bytes(ALICE, narrow)).isEqualTo(RawJson.of("{\"a\":1}").toByteArray());
    assertThat(bytes(ALICE, wide)).isEqualTo(RawJson.of("{\"a\": 1}").toByteArray());
  }

  @Test
  void fs2_get_otherUsersId_isNoneOrTheirOwn() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(tested().put(ALICE, filter("alice", i)));
    }
    assertThat(ids).allSatisfy(id -> assertThat(tested().get(BOB, id)).isEmpty());
    RawJson bobs = filter("bob", 0);
    String bobsId = tested().put(BOB, bobs);

    for (String id : ids) {
      Optional<RawJson> expected = id.equals(bobsId) ? Optional.of(bobs) : Optional.empty();
      assertThat(tested().get(BOB, id)).isEqualTo(expected);
    }
    assertThat(tested().get(BOB, bobsId)).contains(bobs);
  }

  @Test
  void fs2_get_unknownIds_areNone() {
    tested().put(ALICE, filter("alice", 0));

    List<String> unknown = new ArrayList<>(ANY_TEXTS);
    unknown.addAll(List.of("-1", "99999999999999999999", "{}", "x".repeat(5_000)));
    assertThat(unknown).allSatisfy(id -> assertThat(tested().get(ALICE, id)).isEmpty());
  }

  @Test
  void fs3_put_ids_areUsableAndDiffer() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      RawJson filter = filter("alice", i);
      String id = tested().put(ALICE, filter);
      assertThat(id).isNotEmpty().doesNotStartWith("{");
      assertThat(tested().get(ALICE, tested().put(ALICE, filter))).contains(filter);
      ids.add(id);
    }

    assertThat(ids).hasSize(MANY);
  }

  private byte[] bytes(UserId user, String id) {
    return tested().get(user, id).orElseThrow().toByteArray();
  }

  private static RawJson filter(String name, int number) {
    return RawJson.of("{\"" + name + "\":" + number + "}");
  }
}
