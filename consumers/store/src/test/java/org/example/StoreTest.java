package org.example;

import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.tck.AppendableEventStoreTck;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/** The contract tests on a correct store, or with {@code -Dfault=true} on a store that finds no event by its id. */
class StoreTest extends AppendableEventStoreTck<AppendableEventStore> {
  @Override
  protected AppendableEventStore open() {
    MemoryEventStore store = MemoryEventStore.create();
    return Boolean.getBoolean("fault") ? forgetful(store) : store;
  }

  @Override
  public void failStorage() {}

  @Override
  public void mendStorage() {}

  private static AppendableEventStore forgetful(AppendableEventStore store) {
    return (AppendableEventStore) Proxy.newProxyInstance(
        StoreTest.class.getClassLoader(),
        new Class<?>[] {AppendableEventStore.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("events")) {
            return Map.of();
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
