package io.github.matrixsync;

import io.github.matrixsync.store.EventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An event store whose reads of members and memberships are noted by name. Confined to one thread. */
final class CountingEvents {
  private static final Set<String> COUNTED = Set.of("joinedMembers", "memberships", "timelines");

  final List<String> reads = new ArrayList<>();
  private final EventStore store;

  CountingEvents(EventStore store) {
    this.store = store;
  }

  EventStore store() {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (COUNTED.contains(method.getName())) {
      reads.add(method.getName());
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
