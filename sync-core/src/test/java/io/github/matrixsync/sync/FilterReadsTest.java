package io.github.matrixsync.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.filter.InvalidFilterException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.world.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Filters that requests name by id are read and parsed once. */
class FilterReadsTest {
  private static final RawJson FILTER = RawJson.of("{\"room\":{\"timeline\":{\"limit\":3}}}");

  private final Host host = new Host();
  private final List<String> reads = new ArrayList<>();
  private final Map<String, RawJson> kept = new HashMap<>();

  @AfterEach
  void close() {
    host.close();
  }

  private void startWithStore() {
    host.start(host.bare().filters(new FilterStore() {
      @Override
      public String put(UserId user, RawJson filter) {
        kept.put(user + " 1", filter);
        return "1";
      }

      @Override
      public Optional<RawJson> get(UserId user, String id) {
        reads.add(user + " " + id);
        return Optional.ofNullable(kept.get(user + " " + id));
      }
    }));
  }

  private Optional<FilterSpec> filter(UserId user, String id) {
    return host.engine().filterAsync(user, id).join();
  }

  @Test
  void filter_ofAStore_isReadOnceForEachUser() {
    startWithStore();
    String id = host.engine().putFilterAsync(ALICE, FILTER).join();

    Optional<FilterSpec> first = filter(ALICE, id);

    assertThat(first).contains(FilterSpec.parse(FILTER));
    assertThat(filter(ALICE, id).orElseThrow()).isSameAs(first.orElseThrow());
    assertThat(filter(BOB, id)).isEmpty();
    assertThat(reads).containsExactly(ALICE + " 1", BOB + " 1");
  }

  @Test
  void filter_unknownId_isReadAgainUntilItExists() {
    startWithStore();
    assertThat(filter(ALICE, "1")).isEmpty();

    host.engine().putFilterAsync(ALICE, FILTER).join();

    assertThat(filter(ALICE, "1")).contains(FilterSpec.parse(FILTER));
  }

  @Test
  void filter_encodedInItsId_equalOnesAreOneObject() {
    String id = host.engine().putFilterAsync(ALICE, FILTER).join();
    String other = host.engine()
        .putFilterAsync(BOB, RawJson.of("{\"room\": {\"timeline\": {\"limit\": 3}}}"))
        .join();

    assertThat(other).isNotEqualTo(id);
    assertThat(filter(BOB, id).orElseThrow()).isSameAs(filter(ALICE, id).orElseThrow());
    assertThat(filter(BOB, other).orElseThrow()).isSameAs(filter(ALICE, id).orElseThrow());
  }

  @Test
  void filter_storedJsonThatIsInvalid_fails() {
    startWithStore();
    kept.put(ALICE + " 1", RawJson.of("[]"));

    assertThatThrownBy(() -> filter(ALICE, "1")).hasCauseInstanceOf(InvalidFilterException.class);
  }
}
