package io.github.matrixsync.store.tck.lookup;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of filters for several store instances that share one storage: the rules FS, checked between instances.
 * Implement {@link #open} and {@link #another}; {@link SharedStoreTck} has an example.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedFilterStoreTck<S extends FilterStore> extends SharedStoreTck<S> {
  private static final int FILTERS = 20;

  /** For subclasses. */
  protected SharedFilterStoreTck() {}

  @Test
  void fs1_get_theOthersFilter_isAsGiven() {
    RawJson filter = RawJson.of("{\"a\": 1}");
    String id = store().put(ALICE, filter);

    assertThat(withoutSignals().get(ALICE, id)).contains(filter);
  }

  @Test
  void fs3_put_byBothAtOnce_everyIdHasItsFilter() {
    S unsignaled = withoutSignals();
    List<Map<String, RawJson>> put =
        Threads.all(List.of(() -> putAll(store(), "a"), () -> putAll(unsignaled, "b")));

    assertThat(put.get(0)).hasSize(FILTERS);
    put.get(0).forEach((id, filter) -> assertThat(unsignaled.get(ALICE, id)).contains(filter));
    put.get(1).forEach((id, filter) -> assertThat(store().get(ALICE, id)).contains(filter));
  }

  private static Map<String, RawJson> putAll(FilterStore on, String name) {
    Map<String, RawJson> put = new HashMap<>();
    for (int i = 0; i < FILTERS; i++) {
      RawJson filter = RawJson.of("{\"" + name + "\":" + i + "}");
      put.put(on.put(ALICE, filter), filter);
    }
    return put;
  }
}
